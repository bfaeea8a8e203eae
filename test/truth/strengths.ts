import type { Strength } from './label.ts';

/** Frames before, between and behind events. */
const leastGap = 12;

/**
 * Those of the wished strengths that find room on a tape, in the order of the wish: the first in any case, others as long as faults fill
 * no more than half of it. A tape that is mostly broken has nothing left that is usual for it. `lengthOf` gives frames.
 */
export function strengthsThatFit(
  frames: number,
  wished: readonly Strength[],
  lengthOf: (strength: Strength) => number,
): Strength[] {
  const fitting: Strength[] = [];
  let filled = 0;
  for (const strength of wished) {
    const more = filled + lengthOf(strength);
    const hasRoom = more <= frames / 2 && frames - more >= leastGap * (fitting.length + 2);
    if (fitting.length > 0 && !hasRoom) continue;
    fitting.push(strength);
    filled = more;
  }
  return fitting;
}
