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
  /** Whether it is a sum of several lines: loud sound that hides one of them makes it seem softer. */
  isSum?: boolean;
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
    .map(({ framesFor, ...reached }) => {
      const half = Math.floor(windowFrames / 2);
      const { startFrame, endFrame } = withoutDeafEnds(line, steady, testify, reached);
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

/** Own: of a window, in frames that would have found a line; of several lines the clearest may be hidden a little longer. */
const deafShare = { line: 1 / 3, sum: 1 / 2 };

/**
 * A stretch that was drawn out to the head or the tail of the tape over windows that could not tell: not there, if enough of them could. Those that were as quiet as
 * the ones that found the line would have found it, and loud sound makes no single line softer.
 */
function withoutDeafEnds(
  { level, quietest, windowFrames, isSum = false }: SteadyLine,
  steady: number,
  testify: (frame: number) => Testimony,
  { startFrame, endFrame }: Run,
): Run {
  const isFor = (frame: number) => testify(frame) === 'for';
  let [first, last] = [startFrame, endFrame];
  while (first < last && !isFor(first)) first++;
  while (last > first && !isFor(last)) last--;
  const heardIn = quantileOf(
    quietest.subarray(first, last + 1).filter((_, at) => isFor(first + at)),
    0.5,
  );
  const areDeaf = (from: number, to: number) => {
    let deaf = 0;
    for (let frame = Math.max(from, windowFrames); frame <= to; frame++) {
      const isSofter = !isSum && (level[frame] as number) < steady - tolerance.belowDb;
      if (isSofter || (quietest[frame] as number) <= heardIn) deaf++;
    }
    return deaf > (isSum ? deafShare.sum : deafShare.line) * windowFrames;
  };
  return {
    startFrame: areDeaf(startFrame, first - 1) ? first : startFrame,
    // What several lines sum up to is hidden for longer by the notes at an end.
    endFrame: !isSum && areDeaf(last + 1, endFrame) ? last : endFrame,
  };
}
