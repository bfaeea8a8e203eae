import { quantileOf } from './quantile.ts';
import { lengthOf, maximumIn, type Run } from './runs.ts';
import type { ChannelTops } from './wave-tops.ts';

/**
 * Runs in order: those between which the sound stays as loud belong together, since only some peaks of one passage reach what cuts them. `share`: how many of
 * a run's frames are softer than what stands for its level.
 */
export function joinLoud(
  tops: ChannelTops,
  runs: readonly Run[],
  { mostFrames, belowDb, share }: { mostFrames: number; belowDb: number; share: number },
): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && run.startFrame <= last.endFrame + 1) {
      last.endFrame = Math.max(last.endFrame, run.endFrame);
      continue;
    }
    if (last && staysLoud(tops, last, run, { mostFrames, belowDb, share })) last.endFrame = run.endFrame;
    else joined.push({ ...run });
  }
  return joined;
}

/**
 * Whether between two runs of a passage the sound of a channel stays as loud, or its peaks, most of the time, as near to what cuts
 * them: see `joinLoud`.
 */
export function staysLoud(
  tops: ChannelTops,
  last: Run,
  run: Run,
  { mostFrames, belowDb, share }: { mostFrames: number; belowDb: number; share: number },
): boolean {
  const gap = { startFrame: last.endFrame + 1, endFrame: run.startFrame - 1 };
  if (lengthOf(gap) > mostFrames) return false;
  const quantileIn = (column: Float32Array, { startFrame, endFrame }: Run, of: number) =>
    quantileOf(column.subarray(startFrame, endFrame + 1), of);
  const leastPeak = Math.min(maximumIn(tops.peak, last), maximumIn(tops.peak, run)) - belowDb;
  if (!(quantileIn(tops.peak, gap, 0.9) >= leastPeak)) return false;
  return (
    quantileIn(tops.peak, gap, 0.5) >= leastPeak ||
    quantileIn(tops.rms, gap, 0.9) >=
      Math.min(quantileIn(tops.rms, last, share), quantileIn(tops.rms, run, share)) - belowDb
  );
}

/** Runs in order: those no further apart than a pause of speech, whose tops stand at one level that nothing between them passes, are one. */
export function joinAtOneLevel(
  tops: ChannelTops,
  runs: readonly Run[],
  { mostFrames, spreadDb }: { mostFrames: number; spreadDb: number },
): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    const level = maximumIn(tops.peak, run);
    const isOne =
      last &&
      run.startFrame - last.endFrame - 1 <= mostFrames &&
      Math.abs(maximumIn(tops.peak, last) - level) <= spreadDb &&
      maximumIn(tops.peak, { startFrame: last.startFrame, endFrame: run.endFrame }) <= level + spreadDb;
    if (isOne) last.endFrame = Math.max(last.endFrame, run.endFrame);
    else joined.push({ ...run });
  }
  return joined;
}
