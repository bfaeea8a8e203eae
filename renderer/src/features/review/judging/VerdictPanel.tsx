import { useTranslation } from 'react-i18next';
import { openOpinions, outcomeSigns, type VerdictWord, verdicts } from '#shared/domain/verdict.ts';
import { Button } from '../../../ui/Button.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { Remark, Sentence } from '../../../ui/Sentence.tsx';
import { HoldingLine, TakeOverForm } from './HoldingLine.tsx';
import { judging, useJudging } from './judging.ts';
import { NoteForm } from './NoteForm.tsx';
import { OpinionForm } from './OpinionForm.tsx';
import { PassDefects } from './PassDefects.tsx';
import { Stored } from './Stored.tsx';
import { useEventInSight } from './useEventInSight.ts';
import type { Judged, JudgedPass } from './useJudgedPass.ts';
import { VerdictForm } from './VerdictForm.tsx';
import { VerdictList } from './VerdictList.tsx';
import styles from './VerdictPanel.module.css';
import { WatchedPart } from './WatchedPart.tsx';

const keys: Record<VerdictWord, string> = {
  ...{ accept: 'A', 'accept-with-notes': 'W', reject: 'R', 'capture-again': 'C' },
};

const tones = {
  ...{
    asked: 'plain',
    disputed: 'warning',
    accepted: 'plain',
    rejected: 'warning',
    'capture-again': 'warning',
  },
} as const;

/** What was watched, the verdict and its keys, second opinions. A form that is open takes the place of the buttons. */
export function VerdictPanel({ pass, judged }: { pass: JudgedPass; judged: Judged }) {
  const { t } = useTranslation();
  const { form, error, mayGive } = useJudging();
  const event = useEventInSight(pass.qcEvents);
  const { said, me, nameOf } = judged;
  if (!said) return <Sentence error={judged.error} />;
  const open = openOpinions(said.opinions, said.verdicts);
  const asked = open.map(({ of }) => (of === null ? t('judging.anyone') : nameOf(of))).join(t('judging.and'));
  const isSealed = pass.state === 'sealed';
  return (
    <Panel
      title={t('judging.verdict')}
      aside={t('judging.opinionAsked', { who: asked || t('judging.no') })}
      className={styles.panel}
    >
      <Stored rate={pass.video.frameRate} said={said} me={me?.id} />
      {form?.kind === 'note' && <NoteForm pass={pass} event={event} />}
      {form?.kind === 'verdict' && (
        <VerdictForm key={form.verdict} pass={pass} verdict={form.verdict} judged={judged} />
      )}
      {form?.kind === 'ask' && <OpinionForm passId={pass.id} me={me?.id ?? ''} />}
      {form?.kind === 'take-over' && said.holding && (
        <TakeOverForm passId={pass.id} holding={said.holding} nameOf={nameOf} />
      )}
      {form === null && (
        <>
          {pass.frames > 0 && <PassDefects pass={pass} files={said.files} />}
          {isSealed && <HoldingLine holding={said.holding} me={me?.id ?? ''} nameOf={nameOf} />}
          {pass.frames > 0 && <WatchedPart pass={pass} judged={judged} />}
          {!isSealed && <Remark tone="warning">{t('judging.notSealed')}</Remark>}
          {said.outcome !== 'waiting' && (
            <p className={styles.outcome} data-tone={tones[said.outcome]}>
              <span aria-hidden="true">{outcomeSigns[said.outcome]}</span>{' '}
              {t(`judging.outcome.${said.outcome}`)}
            </p>
          )}
          <div className={styles.buttons}>
            {verdicts.map((verdict) => (
              <Button
                key={verdict}
                disabled={!mayGive.includes(verdict)}
                onClick={() => judging.verdict(verdict)}
              >
                {t(`verdict.${verdict}`)} <kbd>{keys[verdict]}</kbd>
              </Button>
            ))}
            <Button tone="quiet" onClick={() => judging.open({ kind: 'note' })}>
              {t('judging.note')} <kbd>N</kbd>
            </Button>
            <Button tone="quiet" disabled={!isSealed} onClick={() => judging.open({ kind: 'ask' })}>
              {t('judging.ask')} <kbd>Q</kbd>
            </Button>
          </div>
          {open.map(({ id, of, askedBy, question }) => (
            <p key={id} data-selectable className={styles.said}>
              {t('judging.askedBy', {
                name: nameOf(askedBy),
                who: of === null ? t('judging.anyone') : nameOf(of),
              })}{' '}
              {question}
            </p>
          ))}
          <VerdictList said={said} rate={pass.video.frameRate} nameOf={nameOf} />
          <Sentence error={error} />
        </>
      )}
    </Panel>
  );
}
