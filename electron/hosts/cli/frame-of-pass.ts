import { HelicalError } from '#shared/domain/errors.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { parseTimecode } from '#shared/domain/timecode.ts';
import { type TimecodeRun, timecodeAt } from '#shared/domain/timecode-runs.ts';

/**
 * The frame of a pass that a number or a timecode names. A timecode is counted from the first frame, or is the tape's own: whichever of
 * the two is there. @throws HelicalError INVALID_INPUT where it is neither, or could be more than one frame.
 */
export function frameOfPass(
  text: string,
  { frames, rate, runs }: { frames: number; rate: Rational; runs: readonly TimecodeRun[] },
): number {
  if (/^\d+$/.test(text)) return Number(text);
  const asked = parseTimecode(text, rate);
  if (asked === undefined) throw refused(`"${text}" names no frame.`);
  const ofTape = runs.flatMap((run) => {
    const first = parseTimecode(run.timecode, rate);
    const frame = first === undefined ? -1 : run.startFrame + asked - first;
    return frame >= run.startFrame && frame < run.startFrame + run.frames ? [frame] : [];
  });
  const found = new Set([...(asked < frames ? [asked] : []), ...ofTape]);
  const [frame, ...more] = found;
  if (frame !== undefined && more.length === 0) return frame;
  if (frame === undefined) {
    const begins = timecodeAt(runs, runs[0]?.startFrame ?? 0, rate);
    throw refused(
      `The pass has no ${text}: counted from its first frame it has ${frames} frames, and ${begins === undefined ? 'its tape offered no timecode' : `the tape's own timecode, which begins at ${begins}, has none either`}.`,
    );
  }
  throw refused(
    `${text} could be frame ${[...found].join(' or ')}: one counted from the first frame, or ${ofTape.length > 1 ? 'one of several places where' : 'where'} the tape's own timecode says so.`,
  );
}

function refused(problem: string): HelicalError {
  return new HelicalError('INVALID_INPUT', {
    problem,
    safe: 'Nothing was changed.',
    remedy: 'Give a frame number from 0 on: it names one frame.',
  });
}
