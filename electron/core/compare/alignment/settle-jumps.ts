import type { AlignedStretch } from '#shared/domain/alignment.ts';
import type { Likeness } from './likeness.ts';

/** A jump is looked for so many frames each way of where it was found. */
const reach = 100;

/**
 * Moves each jump to where it is likeliest. Which offsets there are is decided without what lies below the noise, since chance adds up
 * over a long still picture; where the one gives way to the other is decided with it: slow motion shows there.
 */
export function settleJumps(stretches: readonly AlignedStretch[], likeness: Likeness): AlignedStretch[] {
  const settled = stretches.map((stretch) => ({ ...stretch }));
  for (let at = 1; at < settled.length; at++) {
    settle(settled[at - 1] as AlignedStretch, settled[at] as AlignedStretch, likeness);
  }
  return settled;
}

function settle(before: AlignedStretch, after: AlignedStretch, likeness: Likeness): void {
  const end = before.startFrameA + before.frames;
  const gapA = after.startFrameA - end;
  const gapB = gapA + after.offsetFrames - before.offsetFrames;
  // Frames that both have and that nothing was found for: more than a jump.
  if (Math.min(gapA, gapB) > 0) return;
  const back = Math.min(reach, before.frames - 1);
  const forth = Math.min(reach, after.frames - 1);
  let best = { moved: 0, sum: 0 };
  let sum = 0;
  for (let at = 1; at <= forth; at++) {
    sum += gainOfMoving(end + at - 1, before, after, gapA, likeness);
    if (sum > best.sum) best = { moved: at, sum };
  }
  sum = 0;
  for (let at = 1; at <= back; at++) {
    sum -= gainOfMoving(end - at, before, after, gapA, likeness);
    if (sum > best.sum) best = { moved: -at, sum };
  }
  before.frames += best.moved;
  after.startFrameA += best.moved;
  after.frames -= best.moved;
}

/** What is gained by letting this frame belong to the first stretch, and the one behind the gap no more to the second. */
function gainOfMoving(
  frame: number,
  before: AlignedStretch,
  after: AlignedStretch,
  gapA: number,
  likeness: Likeness,
): number {
  const behind = frame + gapA;
  return (
    likeness.ofFaint(frame, frame + before.offsetFrames) -
    likeness.ofFaint(behind, behind + after.offsetFrames)
  );
}
