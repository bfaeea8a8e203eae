import { useTranslation } from 'react-i18next';
import type { PassReview } from '#shared/domain/pass-review.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { accepts, standingVerdicts, type VerdictBasis } from '#shared/domain/verdict.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { Remark } from '../../../ui/Sentence.tsx';
import { framesToSeconds, moment, span } from '../../../ui/words.ts';
import { masterWords } from './files-words.ts';
import styles from './VerdictPanel.module.css';

/** Every verdict that was given, the last one first, and in words where people disagree. */
export function VerdictList({
  said,
  rate,
  nameOf,
}: {
  said: PassReview;
  rate: Rational;
  nameOf: (personId: string) => string;
}) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const standing = standingVerdicts(said.verdicts);
  const named = (isFor: boolean) =>
    standing
      .filter((verdict) => accepts(verdict) === isFor)
      .map(({ givenBy }) => nameOf(givenBy))
      .join(t('judging.and'));
  const hand = (personId: string, by: string | null | undefined) =>
    by ? t('judging.writtenFor', { by: nameOf(by), name: nameOf(personId) }) : nameOf(personId);
  const long = (frames: number) => span(framesToSeconds(frames, rate));
  return (
    <>
      {said.outcome === 'disputed' && (
        <Remark tone="warning">
          {t('judging.disagree', { accepting: named(true), refusing: named(false) })}
        </Remark>
      )}
      {said.verdicts.length > 0 && (
        <ol className={styles.verdicts} aria-label={t('judging.verdict')}>
          {said.verdicts.toReversed().map((verdict) => {
            const { basis, master } = verdict;
            const { judgedBy = [], watchedOf, files } = basis;
            const whose = judgedBy.map(({ personId, events }) => `${nameOf(personId)} ${events}`).join(', ');
            const isStanding = standing.includes(verdict);
            const word = t(`verdict.said.${verdict.verdict}`);
            return (
              <li key={verdict.id} data-selectable>
                <p className={styles.line}>
                  {isStanding ? <b>{word}</b> : <s>{word}</s>}
                  <span>{hand(verdict.givenBy, verdict.writtenBy)}</span>
                </p>
                {verdict.reason !== '' && <p className={styles.said}>{verdict.reason}</p>}
                <p className={styles.basis} data-tone={isThin(basis) ? 'warning' : undefined}>
                  {isThin(basis) && <span aria-hidden="true">◆ </span>}
                  {t('judging.basis', {
                    ...{ judged: basis.judgedEvents, total: basis.events },
                    ...{ watched: long(basis.watchedPlanFrames), plan: long(basis.planFrames) },
                    ...{ all: long(basis.watchedFrames) },
                  })}
                </p>
                {whose !== '' && <p className={styles.quiet}>{t('judging.judgedBy', { names: whose })}</p>}
                {watchedOf && basis.watchedFrames > 0 && (
                  <p className={styles.quiet}>
                    {t('judging.seenAs', {
                      copy: long(watchedOf.copyFrames),
                      master: long(watchedOf.masterFrames),
                    })}
                    {files?.copy && `; ${t(`judging.copy.${files.copy}`)}`}
                  </p>
                )}
                {master && (
                  <p className={styles.quiet}>
                    <code title={master.sha256}>SHA-256 {master.sha256.slice(0, 12)}…</code>
                    {files && `; ${masterWords(files, t, language)}`}
                  </p>
                )}
                <p className={styles.quiet}>
                  {[
                    moment(verdict.givenAt, language),
                    !isStanding && t('judging.earlier'),
                    verdict.settles && t('judging.settles'),
                    verdict.qcRunId !== said.qcRunId && t('judging.earlierRun'),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </li>
            );
          })}
        </ol>
      )}
    </>
  );
}

/** Events that nobody had judged, or parts of the sample that this person had not watched. */
function isThin({ events, judgedEvents, planFrames, watchedPlanFrames }: VerdictBasis): boolean {
  return judgedEvents < events || watchedPlanFrames < planFrames;
}
