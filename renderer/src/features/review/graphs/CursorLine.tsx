import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { useCursor } from '../cursor.ts';
import styles from './CursorLine.module.css';
import { useTimeView } from './time-view.ts';

/** The cursor through all lanes. It moves by hand, not by React: while one pans, a picture of the screen has 16 ms. */
export function CursorLine({ frames }: { frames: number }) {
  const { t } = useTranslation();
  const line = useRef<HTMLDivElement>(null);
  const frame = useCursor((cursor) => cursor.frame);
  const rate = useCursor((cursor) => cursor.rate);
  useEffect(() => {
    const place = () => {
      if (!line.current) return;
      const { from, to } = useTimeView.getState().range;
      const left = (100 * (useCursor.getState().frame + 0.5 - from)) / (to - from);
      line.current.style.transform = `translateX(${Math.min(100, Math.max(0, left))}cqw)`;
      // Out of sight where the range does not hold it, but in reach all the same: its keys are the screen's.
      line.current.style.opacity = left >= 0 && left <= 100 ? '1' : '0';
    };
    place();
    const leaveView = useTimeView.subscribe(place);
    const leaveCursor = useCursor.subscribe(place);
    return () => {
      leaveView();
      leaveCursor();
    };
  }, []);
  return (
    <div
      ref={line}
      className={styles.cursor}
      role="slider"
      tabIndex={0}
      aria-label={t('review.cursor')}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, frames - 1)}
      aria-valuenow={frame}
      aria-valuetext={formatTimecode(frame, rate)}
    />
  );
}
