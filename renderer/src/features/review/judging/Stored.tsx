import { useTranslation } from 'react-i18next';
import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { useJudging } from './judging.ts';
import styles from './VerdictPanel.module.css';

/** That the last word said of the pass was written down; it stands until the next one is begun, and is read out. */
export function Stored({ rate }: { rate: Rational }) {
  const { t } = useTranslation();
  const stored = useJudging((now) => now.stored);
  return (
    <p role="status" className={styles.stored}>
      {stored && <span aria-hidden="true">✓ </span>}
      {stored?.kind === 'note' && t('judging.storedNote', { at: formatTimecode(stored.startFrame, rate) })}
      {stored?.kind === 'verdict' &&
        t('judging.storedVerdict', { verdict: t(`verdict.said.${stored.verdict}`) })}
      {stored?.kind === 'ask' && t('judging.storedAsk')}
      {stored?.kind === 'withdrawn' && t('judging.storedWithdrawn')}
    </p>
  );
}
