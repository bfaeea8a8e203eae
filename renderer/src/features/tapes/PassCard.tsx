import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isGoodEnd } from '#shared/domain/good-end.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import { engineWords } from '#shared/i18n/engine-words.ts';
import { colon } from '#shared/i18n/punctuation.ts';
import { api } from '../../api/client.ts';
import { media } from '../../api/media.ts';
import { useOutcomes } from '../../state/outcomes.ts';
import { useMay } from '../../state/person.ts';
import { goTo } from '../../state/place.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextLine } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { profileName } from '../../ui/profile-words.ts';
import { SealChecks } from '../../ui/SealChecks.tsx';
import { Remark, Sentence } from '../../ui/Sentence.tsx';
import { OutcomeWord, PassStateWord } from '../../ui/StateWord.tsx';
import table from '../../ui/Table.module.css';
import { bytes, count, framesToSeconds, moment, span } from '../../ui/words.ts';
import styles from './PassCard.module.css';

/** One playing of the tape: how it ended, its seal, its files with their digests. */
export function PassCard({ pass }: { pass: Pass }) {
  const { t, i18n } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const may = useMay('technician');
  const profiles = useQuery(api.station.profiles.queryOptions());
  const profile = profiles.data?.find((one) => one.id === pass.profileId);
  const detail = useQuery(api.passes.show.queryOptions({ input: { passId: pass.id } }));
  const outcome = useOutcomes()(pass);
  const good = pass.sealChecks.filter((check) => check.ok).length;
  return (
    <Panel
      title={
        <span className={styles.title}>
          {t('pass.title', { number: pass.passNumber })} <PassStateWord state={pass.state} />
          {outcome && <OutcomeWord outcome={outcome} />}
          {pass.chosen && <strong className={styles.chosen}>{t('pass.chosen')}</strong>}
        </span>
      }
      aside={moment(pass.startedAt ?? pass.preparedAt, language)}
    >
      <div className={styles.body}>
        <p>
          {[
            t('unit.frames', { count: pass.frames }),
            span(framesToSeconds(pass.frames, pass.video.frameRate)),
            t('status.dropped', { count: pass.droppedFrames }),
            pass.lostFrames > 0 && t('pass.lost', { count: pass.lostFrames }),
            pass.endReason && t(`endReason.${pass.endReason}`),
            pass.failReason && t(`failReason.${pass.failReason}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {pass.endReason !== null && !isGoodEnd(pass.endReason) && (
          <Remark tone="warning">
            <p>{t('pass.restMissing')}</p>
          </Remark>
        )}
        <PassPlan pass={pass} />
        <p className={table.quiet}>
          {[
            engineWords(language, pass.sourceDescription).words,
            pass.chainName,
            profile ? profileName(profile, i18n, t) : pass.profileId,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {pass.frames > 0 && (
          <div className={styles.actions}>
            <Button onClick={() => goTo({ screen: 'review', item: pass.id })}>{t('pass.review')}</Button>
            {may && pass.state === 'sealed' && !pass.chosen && <ChoosePass pass={pass} />}
          </div>
        )}
        {pass.sealChecks.length > 0 && (
          <details open={good < pass.sealChecks.length}>
            <summary>{t('seal.goodOf', { good, total: pass.sealChecks.length })}</summary>
            <SealChecks checks={pass.sealChecks} />
          </details>
        )}
        {detail.data && detail.data.files.length > 0 && (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('pass.file')}</th>
                <th scope="col">{t('pass.name')}</th>
                <th scope="col" className={table.number}>
                  {t('pass.size')}
                </th>
                <th scope="col">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {detail.data.files.map((file) => (
                <tr key={file.id}>
                  <td>{t(`fileRole.${file.role}`)}</td>
                  <td className={table.mono}>
                    <a className={styles.file} href={media.file(file.id)} download={file.name}>
                      {file.name}
                    </a>
                  </td>
                  <td className={table.number}>{bytes(file.sizeBytes, language)}</td>
                  <td className={table.mono} title={file.sha256} data-selectable>
                    {file.sha256.slice(0, 12)}…
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  );
}

/** Makes a sealed pass its tape's master, with the reason; the other passes are kept. */
function ChoosePass({ pass }: { pass: Pass }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const choose = useMutation(
    api.passes.choose.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.passes.key() });
        await queries.invalidateQueries({ queryKey: api.tapes.key() });
      },
    }),
  );
  return (
    <form
      className={styles.choose}
      onSubmit={(event) => {
        event.preventDefault();
        choose.mutate({ passId: pass.id, reason });
      }}
    >
      <Field name={`reason-${pass.id}`} label={t('pass.chooseReason')}>
        <TextLine
          value={reason}
          maxLength={1000}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit" disabled={choose.isPending}>
        {t('pass.choose')}
      </Button>
      <Sentence error={choose.error} />
    </form>
  );
}

/** What the pass was planned for and what its timecode did, where there is anything to say. */
function PassPlan({ pass }: { pass: Pass }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const { plan, programmeStartFrame, timecodeBreaks } = pass;
  const tapes = useQuery(api.passes.list.queryOptions({ input: { tape: pass.tapeId } }));
  const retaken = tapes.data?.find((one) => one.id === plan?.retakeOf);
  const said = [
    plan?.segment !== undefined && t('pass.segment', { number: plan.segment }),
    retaken && t('pass.retakeOf', { number: retaken.passNumber }),
    programmeStartFrame !== null &&
      t('pass.programmeStart', {
        time: formatClock(programmeStartFrame, pass.video.frameRate),
        frame: count(programmeStartFrame, language),
      }),
  ].filter(Boolean);
  return (
    <>
      {said.length > 0 && <p>{said.join(' · ')}</p>}
      {timecodeBreaks.length > 0 && (
        <details>
          <summary>
            {t('capture.tapeTimecode')}
            {colon(language)} {t('capture.timecodeBreaks', { count: timecodeBreaks.length })}
          </summary>
          <table className={table.table}>
            <tbody>
              {timecodeBreaks.map((one) => (
                <tr key={`${one.source}-${one.frame}`}>
                  <td className={table.number}>{count(one.frame, language)}</td>
                  <td>{t(`timecodeBreak.${one.kind}`)}</td>
                  <td className={table.mono}>
                    {one.before ?? '–'} → {one.after ?? '–'}
                  </td>
                  <td>{t(`timecodeSource.${one.source}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}
