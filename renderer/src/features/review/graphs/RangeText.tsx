import { useEffect, useState } from 'react';
import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import styles from './RangeText.module.css';
import { useTimeView } from './time-view.ts';

/** Words follow a hand this much later: text in every picture would have the page laid out anew sixty times a second. */
const followsMs = 100;

/** The first and the last frame in sight, as timecodes of the pass. */
export function RangeText({ rate }: { rate: Rational }) {
  const [range, setRange] = useState(() => useTimeView.getState().range);
  useEffect(() => {
    let following: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      following = undefined;
      setRange(useTimeView.getState().range);
    };
    follow();
    const leave = useTimeView.subscribe(() => {
      following ??= setTimeout(follow, followsMs);
    });
    return () => {
      leave();
      clearTimeout(following);
    };
  }, []);
  return (
    <span className={styles.range}>
      {formatTimecode(Math.floor(range.from), rate)} –{' '}
      {formatTimecode(Math.max(0, Math.ceil(range.to) - 1), rate)}
    </span>
  );
}
