import { useTranslation } from 'react-i18next';
import type { FrameRange } from '#shared/domain/frame-ranges.ts';
import styles from './SampleBand.module.css';

/** The pass from head to tail: what is to be watched as open boxes, what others watched below, what one watched oneself within. */
export function SampleBand({
  frames,
  sample,
  own,
  others,
}: {
  frames: number;
  sample: readonly FrameRange[];
  own: readonly FrameRange[];
  others: readonly FrameRange[];
}) {
  const { t } = useTranslation();
  const box = (range: FrameRange, y: number, height: number) => ({
    ...{ x: range.startFrame, y, height, width: range.endFrame - range.startFrame + 1 },
  });
  return (
    <svg
      className={styles.band}
      viewBox={`0 0 ${frames} 14`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('judging.watchedBand')}
    >
      {others.map((range) => (
        <rect key={`o${range.startFrame}`} className={styles.others} {...box(range, 11, 3)} />
      ))}
      {own.map((range) => (
        <rect key={`w${range.startFrame}`} className={styles.own} {...box(range, 2, 8)} />
      ))}
      {sample.map((range) => (
        <rect key={`s${range.startFrame}`} className={styles.sample} {...box(range, 1, 9)} />
      ))}
    </svg>
  );
}
