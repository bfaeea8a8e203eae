import type { AlignedStretch } from '#shared/domain/alignment.ts';
import type { Likeness } from './likeness.ts';

/**
 * Frames beside a jump, at the ends, and under damage are hard to tell: so many are given to the stretches beside them. What is
 * longer is in one of the recordings only.
 */
const hardToTell = 25;

/**
 * Makes one of neighbours with the same offset. The gap between them is damage in one of the recordings, however long it is: to hide
 * there, jumps would have to undo each other.
 */
export function joinReturning(stretches: readonly AlignedStretch[]): AlignedStretch[] {
  const joined: AlignedStretch[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    if (last?.offsetFrames === stretch.offsetFrames) {
      last.frames = stretch.startFrameA + stretch.frames - last.startFrameA;
    } else joined.push({ ...stretch });
  }
  return joined;
}

/** Lets stretches go on over frames that both have and that nothing was found for. */
export function closeGaps(
  stretches: readonly AlignedStretch[],
  likeness: Likeness,
  framesA: number,
  framesB: number,
): AlignedStretch[] {
  const closed: AlignedStretch[] = [];
  for (const stretch of joinReturning(stretches)) {
    const last = closed.at(-1);
    if (last) closeBetween(last, stretch, likeness);
    else grow(stretch, Math.min(hardToTell, stretch.startFrameA, stretch.startFrameA + stretch.offsetFrames));
    closed.push(stretch);
  }
  const last = closed.at(-1);
  if (last) {
    const end = last.startFrameA + last.frames;
    last.frames += Math.min(hardToTell, framesA - end, framesB - (end + last.offsetFrames));
  }
  return closed;
}

/** So many frames at head and tail belong to the stretch beside them, whatever stands there: damage, black, or snow in one of them. */
const unprovenEnds = 250;

/** Lets the first and the last stretch go on to the ends of the recordings, as far as both have frames. */
export function closeEnds(stretches: AlignedStretch[], framesA: number, framesB: number): AlignedStretch[] {
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (first) grow(first, Math.min(unprovenEnds, first.startFrameA, first.startFrameA + first.offsetFrames));
  if (last) {
    const end = last.startFrameA + last.frames;
    last.frames += Math.min(unprovenEnds, framesA - end, framesB - (end + last.offsetFrames));
  }
  return stretches;
}

/** Frames between two stretches that both recordings have go to the one or the other, wherever they are likelier. */
function closeBetween(before: AlignedStretch, after: AlignedStretch, likeness: Likeness): void {
  const end = before.startFrameA + before.frames;
  const gapA = after.startFrameA - end;
  const gapB = gapA + after.offsetFrames - before.offsetFrames;
  const both = Math.min(gapA, gapB);
  if (both <= 0 || both > hardToTell) return;
  let sum = 0;
  for (let at = 1; at <= both; at++) {
    sum += likeness.of(after.startFrameA - at, after.startFrameA - at + after.offsetFrames);
  }
  let best = { sum, toBefore: 0 };
  for (let at = 0; at < both; at++) {
    const given = after.startFrameA - both + at;
    sum += likeness.of(end + at, end + at + before.offsetFrames);
    sum -= likeness.of(given, given + after.offsetFrames);
    if (sum > best.sum) best = { sum, toBefore: at + 1 };
  }
  before.frames += best.toBefore;
  grow(after, both - best.toBefore);
}

function grow(stretch: AlignedStretch, headFrames: number): void {
  stretch.startFrameA -= headFrames;
  stretch.frames += headFrames;
}
