import { quantileOf } from './quantile.ts';
import type { Run } from './runs.ts';
import { findStretches, type Testimony } from './stretches.ts';

/** A level that a sliding window gave for each frame, of something that lasts: hum, a tone. */
export interface SteadyLine {
  /** dBFS; NaN where the window did not find it. Each value looks back over the window. */
  level: Float32Array;
  /** Root mean square of the quietest picture in the window, dBFS: no picture can be quieter than what it holds. */
  quietest: Float32Array;
  windowFrames: number;
}

/** A stretch where a line lasts, at its steady level. */
export interface LastingLine extends Run {
  levelDbfs: number;
  /** Share of the stretch's frames whose window found it; the others were too loud to tell. */
  share: number;
}

/** Own. */
const tolerance = {
  /** Loud sound beside a line adds to it, and may hide it; it does not make it quieter. */
  belowDb: 3,
  aboveDb: 6,
  /** A picture of a line's level wavers by so much where it is no whole number of waves long. */
  pictureDb: 2,
};

/**
 * Stretches in which a line stays: found in enough windows, at one level, and with no picture in them quieter than the line
 * itself. The last is what tells it from a voice or a note of that pitch, which falls silent between words. Ends are brought back by
 * half of the window that looks behind.
 */
export function findLastingLines(
  line: SteadyLine,
  limits: { leastFrames: number; leastShare: number; muteFrames: number },
): LastingLine[] {
  const { level, quietest, windowFrames } = line;
  const frames = level.length;
  const isHeld = (frame: number) =>
    (quietest[frame] as number) >= (level[frame] as number) - tolerance.pictureDb;
  const held = new Float32Array(frames);
  let count = 0;
  for (let frame = 0; frame < frames; frame++) if (isHeld(frame)) held[count++] = level[frame] as number;
  if (count < limits.leastFrames) return [];
  // The lower half: what loud sound added to the others is not the line.
  const steady = quantileOf(held.subarray(0, count), 0.35);
  const testify = (frame: number): Testimony => {
    if ((quietest[frame] as number) < steady - tolerance.belowDb) return 'against';
    const over = (level[frame] as number) - steady;
    return isHeld(frame) && over >= -tolerance.belowDb && over <= tolerance.aboveDb ? 'for' : 'mute';
  };
  const stretches = findStretches(frames, testify, {
    leastFor: limits.leastFrames,
    muteFrames: limits.muteFrames,
    againstFrames: 2,
  });
  return stretches
    .map(({ startFrame: reachedFrame, endFrame, framesFor }) => {
      const half = Math.floor(windowFrames / 2);
      const startFrame = beginOf(line, testify, reachedFrame, endFrame);
      return {
        // The first window of all is whole from its first value on: the tape may begin with the line.
        startFrame: startFrame <= windowFrames ? 0 : startFrame - half,
        endFrame: endFrame >= frames - 1 ? frames - 1 : Math.max(startFrame, endFrame - half),
        levelDbfs: steady,
        share: framesFor / (endFrame - startFrame + 1),
      };
    })
    .filter(({ share }) => share >= limits.leastShare);
}

/**
 * Where a stretch begins that was drawn out to the head of the tape over windows that could not tell: not there, if half a window of them was as quiet as those
 * that found the line, since they would have found it.
 */
function beginOf(
  { quietest, windowFrames }: SteadyLine,
  testify: (frame: number) => Testimony,
  startFrame: number,
  endFrame: number,
): number {
  let first = startFrame;
  while (first < endFrame && testify(first) !== 'for') first++;
  if (first - startFrame <= windowFrames) return startFrame;
  const heardIn = quantileOf(
    quietest.subarray(first, endFrame + 1).filter((_, at) => testify(first + at) === 'for'),
    0.5,
  );
  let deaf = 0;
  for (let frame = Math.max(startFrame, windowFrames); frame < first; frame++)
    if ((quietest[frame] as number) <= heardIn) deaf++;
  return 2 * deaf > windowFrames ? first : startFrame;
}
