import { useTranslation } from 'react-i18next';
import { useComparison } from './comparison.ts';
import styles from './SideTabs.module.css';
import { side, useSide } from './side.ts';

/** Which of two fills the column: what was found, or what comes of comparing A and B. Each needs all of its height. */
export function SideTabs() {
  const { t } = useTranslation();
  const kind = useComparison(({ b }) => b.kind);
  const shows = useSide((now) => now.shows);
  if (kind !== 'access' && kind !== 'pass') return null;
  return (
    <fieldset className={styles.tabs}>
      <legend className="visually-hidden">{t('command.review.side')}</legend>
      <button type="button" aria-pressed={shows === 'events'} onClick={side.showEvents}>
        {t('review.events')}
      </button>
      <button type="button" aria-pressed={shows === 'comparison'} onClick={side.showComparison}>
        {t(kind === 'access' ? 'compare.panel.certificate' : 'compare.panel.passes')}
      </button>
      <kbd title={t('command.review.side')}>P</kbd>
    </fieldset>
  );
}
