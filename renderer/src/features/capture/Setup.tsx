import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tape } from '#shared/domain/tape.ts';
import { api } from '../../api/client.ts';
import { sentenceOf } from '../../api/sentence.ts';
import { usePlace } from '../../state/place.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice, Field, TextLine } from '../../ui/Field.tsx';
import { Late } from '../../ui/Late.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { profileDescription, profileName } from '../../ui/profile-words.ts';
import { Sentence } from '../../ui/Sentence.tsx';
import { BudgetRemark } from './BudgetRemark.tsx';
import { PlanChoice } from './PlanChoice.tsx';
import { askedPlan, noPlan, planProblems } from './plan.ts';
import styles from './Setup.module.css';
import { SourceChoice } from './SourceChoice.tsx';
import { type ChosenSource, openable, sourceAddress } from './sources.ts';
import { TapeSearch } from './TapeSearch.tsx';
import { capture, useTransport } from './transport.ts';

/** Who and what: the choices that make a pass ready. Nothing is recorded by arming. */
export function Setup() {
  const { t, i18n } = useTranslation();
  const asked = usePlace((place) => (place.screen === 'capture' ? place.query?.['tape'] : undefined));
  const askedTape = useQuery(
    api.tapes.show.queryOptions({ input: { tape: asked ?? '' }, enabled: Boolean(asked) }),
  );
  const sources = useQuery(api.capture.sources.queryOptions());
  const profiles = useQuery(api.station.profiles.queryOptions());
  const [chosenTape, setTape] = useState<Tape | null | undefined>(undefined);
  const [chosenSource, setSource] = useState<ChosenSource>({ sourceId: '', inputId: '', options: {} });
  const [chosenProfile, setProfile] = useState('');
  const [chainName, setChainName] = useState('');
  const [minutes, setMinutes] = useState('');
  const [plan, setPlan] = useState(noPlan);
  const { pending, error } = useTransport();

  const tape = chosenTape === undefined ? (askedTape.data?.tape ?? null) : chosenTape;
  const offered = openable(sources.data ?? []);
  const offeredSource =
    offered.find((one) => one.id === chosenSource.sourceId) ?? offered.find((one) => !one.unavailable);
  const source = sourceAddress(offeredSource, chosenSource);
  const profileId = chosenProfile || profiles.data?.[0]?.id || '';
  const profile = profiles.data?.find((one) => one.id === profileId);
  const durationS = Number(minutes.replace(',', '.')) * 60;
  const badDuration = minutes !== '' && !(durationS > 0);
  const bad = badDuration || planProblems(plan).length > 0;
  const budget = useQuery(
    api.capture.budget.queryOptions({
      input: { source, profileId },
      enabled: Boolean(source && profileId),
      staleTime: 30_000,
    }),
  );

  function arm(anyway: boolean): void {
    if (!tape || !source || bad) return;
    void capture.arm({
      tape: tape.id,
      ...{ source, profileId, chainName, anyway },
      ...(durationS > 0 && { durationS }),
      ...askedPlan(plan),
    });
  }

  return (
    <Panel title={t('capture.setup')} className={styles.panel}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          arm(false);
        }}
      >
        <Sentence error={sources.error ?? profiles.error} />
        <Field
          name="tape"
          label={t('capture.tape')}
          hint={tape ? [tape.title, tape.artist].filter(Boolean).join(', ') : undefined}
        >
          <TapeSearch
            tape={tape}
            onChoose={(next) => {
              setTape(next);
              // A retake is of a pass of the same tape.
              setPlan((before) => ({ ...before, retakeOf: '' }));
            }}
          />
        </Field>
        <SourceChoice offered={offered} source={offeredSource} chosen={chosenSource} onChoose={setSource} />
        <Field
          name="profile"
          label={t('capture.profile')}
          hint={profile && profileDescription(profile, i18n, t)}
        >
          <Choice
            value={profileId}
            onChoose={setProfile}
            options={(profiles.data ?? []).map((one) => ({
              value: one.id,
              label: profileName(one, i18n, t),
            }))}
          />
        </Field>
        <Field name="chain" label={t('capture.chain')}>
          <TextLine
            value={chainName}
            onChange={(event) => setChainName(event.currentTarget.value)}
            placeholder={t('capture.chainPlaceholder')}
            maxLength={200}
          />
        </Field>
        <Field
          name="duration"
          label={t('capture.duration')}
          problem={badDuration ? t('capture.durationProblem') : undefined}
        >
          <TextLine
            value={minutes}
            inputMode="decimal"
            onChange={(event) => setMinutes(event.currentTarget.value)}
            placeholder={t('capture.durationPlaceholder')}
          />
        </Field>
        <PlanChoice tape={tape} plan={plan} onChoose={setPlan} />
        {sources.isPending && (
          <Late>
            <p className={styles.hint}>{t('station.lookingForSources')}</p>
          </Late>
        )}
        <Sentence error={budget.error} />
        {budget.isFetching && !budget.data && (
          <Late>
            <p className={styles.hint}>{t('capture.preflight')}</p>
          </Late>
        )}
        {budget.data && <BudgetRemark budget={budget.data} />}
        <Sentence error={error} />
        <div className={styles.foot}>
          {sentenceOf(error)?.code === 'MACHINE_BUSY' && (
            <Button disabled={pending !== null} onClick={() => arm(true)}>
              {t('capture.armAnyway')}
            </Button>
          )}
          <Button
            type="submit"
            tone="main"
            className={styles.arm}
            disabled={!tape || !source || bad || pending !== null}
          >
            {t('capture.arm')}
          </Button>
          <p className={styles.hint}>{t(tape ? 'capture.armHint' : 'capture.armNeedsTape')}</p>
        </div>
      </form>
    </Panel>
  );
}
