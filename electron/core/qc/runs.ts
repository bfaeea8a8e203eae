import { counted } from '#shared/i18n/counted.ts';

/** A stretch of frames, both ends inclusive. */
export interface Run {
  startFrame: number;
  endFrame: number;
}

/** Frames of a run. */
export function lengthOf(run: Run): number {
  return run.endFrame - run.startFrame + 1;
}

/** `1 frame`, `25 frames`: how long a run is, in a sentence. */
export function lengthInWords(run: Run): string {
  return counted(lengthOf(run), 'frame');
}

/** Frames of a run of which something holds. */
export function countIn(run: Run, holds: (frame: number) => boolean): number {
  let count = 0;
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) if (holds(frame)) count++;
  return count;
}

/** Whether two runs share a frame. */
export function overlaps(one: Run, other: Run): boolean {
  return one.startFrame <= other.endFrame && other.startFrame <= one.endFrame;
}

/**
 * Stretches where `holds` is true. Gaps of at most `bridgeFrames` are closed first, then runs shorter than
 * `minimumFrames` are left out.
 */
export function findRuns(
  frames: number,
  holds: (frame: number) => boolean,
  { minimumFrames = 1, bridgeFrames = 0 }: { minimumFrames?: number; bridgeFrames?: number } = {},
): Run[] {
  const runs: Run[] = [];
  for (let frame = 0; frame < frames; frame++) {
    if (!holds(frame)) continue;
    const last = runs.at(-1);
    if (last && frame - last.endFrame - 1 <= bridgeFrames) last.endFrame = frame;
    // One that stayed too short gives its place to the next: on ten hours of noise there are hundreds of thousands.
    else if (last && lengthOf(last) < minimumFrames) last.startFrame = last.endFrame = frame;
    else runs.push({ startFrame: frame, endFrame: frame });
  }
  return runs.filter((run) => lengthOf(run) >= minimumFrames);
}

/** Largest value of a column in a run; NaN values do not count. -Infinity for none. */
export function maximumIn(column: Float32Array, run: Run): number {
  let maximum = Number.NEGATIVE_INFINITY;
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    const value = column[frame] as number;
    if (value > maximum) maximum = value;
  }
  return maximum;
}

/** Smallest value of a column in a run; NaN values do not count. Infinity for none. */
export function minimumIn(column: Float32Array, run: Run): number {
  let minimum = Number.POSITIVE_INFINITY;
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    const value = column[frame] as number;
    if (value < minimum) minimum = value;
  }
  return minimum;
}

/** Figures for evidence: three decimals, and what JSON cannot hold as words. */
export function evidenceNumber(value: number): number | string {
  if (Number.isNaN(value)) return 'not measured';
  if (!Number.isFinite(value)) return value < 0 ? 'digital silence' : 'beyond scale';
  return Math.round(value * 1000) / 1000;
}
