import { z } from 'zod';
import { timecodeBreakSchema, timecodeSources } from './pass.ts';
import type { Rational } from './rational.ts';
import { formatTimecode, parseTimecode } from './timecode.ts';

/** Frames whose timecodes count on from one to the next, midnight apart. */
export const timecodeRunSchema = z.object({
  source: z.enum(timecodeSources),
  startFrame: z.int().nonnegative(),
  frames: z.int().positive(),
  /** Of the first of them. */
  timecode: z.string(),
});
export type TimecodeRun = z.infer<typeof timecodeRunSchema>;

/** The tape's own timecode: of each frame that of the source that counts first there. In the order of frames. */
export const tapeTimecodeSchema = z.object({
  runs: z.array(timecodeRunSchema),
  /** Where a source's count does not go on, as its file has it. */
  breaks: z.array(timecodeBreakSchema),
  /** There is more of it than this. */
  isCut: z.boolean(),
});
export type TapeTimecode = z.infer<typeof tapeTimecodeSchema>;

/** The timecode of a frame; undefined where the tape offered none. */
export function timecodeAt(runs: readonly TimecodeRun[], frame: number, rate: Rational): string | undefined {
  const run = lastBefore(runs, frame);
  if (!run || frame >= run.startFrame + run.frames) return undefined;
  const first = parseTimecode(run.timecode, rate);
  // A value that is none at this rate stands for itself, and has a run of its own.
  if (first === undefined) return run.timecode;
  return formatTimecode(first + frame - run.startFrame, rate, run.timecode.includes(';'));
}

function lastBefore(runs: readonly TimecodeRun[], frame: number): TimecodeRun | undefined {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.startFrame ?? 0) <= frame) low = middle + 1;
    else high = middle;
  }
  return runs[low - 1];
}
