import type { AlignedStretch } from '#shared/domain/alignment.ts';
import type { Likeness } from './likeness.ts';

/**
 * Frames beside a jump, at the ends, and under damage are hard to tell: so many are given to the stretches beside them. What is
 * longer is in one of the recordings only.
 */
const hardToTell = 25;

/**
 * Lets stretches go on over frames that both have and that nothing was found for. With the same offset on either side a gap is
 * damage in one of them, however long it is: to hide there, jumps would have to undo each other.
 */
export function closeGaps(
  stretches: readonly AlignedStretch[],
  likeness: Likeness,
  framesA: number,
  framesB: number,
): AlignedStretch[] {
  const closed: AlignedStretch[] = [];
  for (const given of stretches) {
    const stretch = { ...given };
    const last = closed.at(-1);
    if (last?.offsetFrames === stretch.offsetFrames) {
      last.frames = stretch.startFrameA + stretch.frames - last.startFrameA;
      continue;
    }
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
