import { useTranslation } from 'react-i18next';
import type { TapeTimecode } from '#shared/domain/timecode-runs.ts';
import styles from './TimecodeCut.module.css';

/** Of a tape whose timecode breaks with every other frame: how much of it is shown. Nothing where all of it is. */
export function TimecodeCut({ timecode }: { timecode: TapeTimecode | undefined }) {
  const { t } = useTranslation();
  if (!timecode?.isCut) return null;
  const { runs, breaks } = timecode;
  const last = runs.at(-1);
  return (
    <p className={styles.cut}>
      {t('review.graph.timecodeCut', {
        runs: runs.length,
        breaks: breaks.length,
        frame: last ? last.startFrame + last.frames - 1 : 0,
      })}
    </p>
  );
}
