import { useTranslation } from 'react-i18next';
import { comparison, useComparison } from '../comparison.ts';
import styles from './Viewer.module.css';

const step = 0.02;

/** The line between A and B; the mouse takes hold of it on the stage, the arrow keys while it has the focus. */
export function WipeHandle({ style }: { style: React.CSSProperties }) {
  const { t } = useTranslation();
  const wipe = useComparison((compared) => compared.wipe);
  return (
    <div
      className={styles.wipe}
      style={style}
      role="slider"
      tabIndex={0}
      aria-label={t('viewer.wipeAt')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(wipe * 100)}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -step, ArrowRight: step }[event.key];
        if (by === undefined) return;
        // The arrows of the screen step through frames.
        event.stopPropagation();
        comparison.setWipe(wipe + by);
      }}
    />
  );
}
