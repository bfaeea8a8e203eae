import { quantileOf } from './quantile.ts';
import type { Run } from './runs.ts';
import { findStretches } from './stretches.ts';

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
  const stretches = findStretches(
    frames,
    (frame) => {
      if ((quietest[frame] as number) < steady - tolerance.belowDb) return 'against';
      const over = (level[frame] as number) - steady;
      return isHeld(frame) && over >= -tolerance.belowDb && over <= tolerance.aboveDb ? 'for' : 'mute';
    },
    { leastFor: limits.leastFrames, muteFrames: limits.muteFrames, againstFrames: 2 },
  );
  return stretches
    .map(({ startFrame, endFrame, framesFor }) => {
      const half = Math.floor(windowFrames / 2);
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
