import { useTranslation } from 'react-i18next';
import type { PassReview } from '#shared/domain/pass-review.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { useJudging } from './judging.ts';
import styles from './VerdictPanel.module.css';

/**
 * That the last word said of the pass was written down; it stands until the next one is begun, and is read out. That of a verdict goes
 * when somebody gives another one, and says so where it left people in disagreement.
 */
export function Stored({
  rate,
  said: { verdicts, outcome },
  me,
}: {
  rate: Rational;
  said: Pick<PassReview, 'verdicts' | 'outcome'>;
  me: string | undefined;
}) {
  const { t } = useTranslation();
  const last = useJudging((now) => now.stored);
  const given = verdicts.at(-1);
  const isOvertaken = last?.kind === 'verdict' && given !== undefined && given.givenBy !== me;
  const stored = isOvertaken ? null : last;
  const isOpen = stored?.kind === 'verdict' && outcome === 'disputed';
  return (
    <p role="status" className={styles.stored} data-tone={isOpen ? 'warning' : undefined}>
      {stored && <span aria-hidden="true">{isOpen ? '◆' : '✓'} </span>}
      {stored?.kind === 'note' && t('judging.storedNote', { at: formatTimecode(stored.startFrame, rate) })}
      {stored?.kind === 'verdict' &&
        t(isOpen ? 'judging.storedDisputed' : 'judging.storedVerdict', {
          verdict: t(`verdict.said.${stored.verdict}`),
        })}
      {stored?.kind === 'ask' && t('judging.storedAsk')}
      {stored?.kind === 'withdrawn' && t('judging.storedWithdrawn')}
    </p>
  );
}
