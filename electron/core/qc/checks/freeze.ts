import type { Check, Finding } from '../check.ts';
import { createGates } from '../gates.ts';
import {
  findHeldFrames,
  freezeFrames,
  type HoldLimits,
  holdLimits,
  noiseDifference,
} from '../held-frames.ts';
import { evidenceNumber, lengthInWords, lengthOf, maximumIn, overlaps, type Run } from '../runs.ts';
import { framesIn, type Series } from '../series.ts';
import { findStalls } from '../stalls.ts';
import { tapeNoiseOf } from '../tape-noise.ts';

/**
 * The picture is held by a machine: a time base corrector, a card or a disk repeats a frame or a field while the tape goes
 * on. Told from a still shot by the tape's noise, which is new on every frame and stops only where the tape is not
 * seen. Where noise came on top later, even motion that stops at once and then leaps tells it, with less certainty. Shorter holds are `duplicate-frame`.
 */
export const freeze: Check<'failSeconds' | keyof HoldLimits> = {
  id: 'freeze',
  medium: 'video',
  titleKey: 'qc.check.freeze.title',
  explanationKey: 'qc.check.freeze.explanation',
  needs: ['yNoise', 'fieldDifLeast', 'yDif'],
  sees: ['fieldDifLeast'],
  evidence: ['frames', 'yDif', 'limitYDif', 'yNoise'],
  limits: {
    failSeconds: { value: 0.4, unit: 's', source: 'AV Spex: a run of 10 frames is critical' },
    ...holdLimits,
  },
  evaluate(series, limits): Finding[] {
    const { freezes, hasNoise, limitCodes } = findHeldFrames(series, limits);
    const tapeNoise = tapeNoiseOf(series);
    const { cut } = createGates(series);
    const difference = series.column('fieldDifLeast');
    const finding = (run: Run, rest: Pick<Finding, 'severity' | 'confidence' | 'message'>): Finding => ({
      ...run,
      ...rest,
      evidence: {
        frames: lengthOf(run),
        yDif: evidenceNumber(maximumIn(difference, run)),
        limitYDif: evidenceNumber(limitCodes),
        yNoise: evidenceNumber(tapeNoise),
      },
    });
    const whole = series.column('yDif');
    // A drawn still repeats too, but begins with a cut; one that began where nobody measured may be drawn.
    const isDrawn = (startFrame: number) =>
      startFrame <= 1 || cut[startFrame - 1] === 1 || Number.isNaN(whole[startFrame - 1]);
    const held = freezes.filter((run) => !isDrawn(run.startFrame));
    const isLost = createLossTest(series);
    const stalls = findStalls(series).filter(
      (run) => lengthOf(run) >= freezeFrames && !freezes.some((one) => overlaps(one, run)),
    );
    return [
      ...held.map((run) =>
        finding(run, {
          severity:
            hasNoise && lengthOf(run) >= framesIn(series, limits.failSeconds) && isLost(run)
              ? 'fail'
              : 'warn',
          confidence: hasNoise ? 0.95 : 0.6,
          message: `The picture stands still for ${lengthInWords(run)}, noise and all: a machine behind the tape holds it, so play this part again.`,
        }),
      ),
      ...stalls.map((run) =>
        finding(run, {
          severity: 'warn',
          confidence: 0.6,
          message: `Motion stops for ${lengthInWords(run)} and leaps on: if a second pass does it too, it was recorded so.`,
        }),
      ),
    ];
  },
};

/** Own: frames on each side that are looked at, and what they show, in differences that noise makes. */
const sides = { frames: 6, mostStill: 1.6, leastStill: 0.8, leastLeap: 1.25 };

/**
 * Whether a hold surely took something: motion that leaps on behind it, or noise that stops in a still shot and comes back. A codec
 * that leaves out what does not change holds a still shot as well: there motion goes on as it was before.
 */
function createLossTest(series: Series): (run: Run) => boolean {
  const [difference, noise] = [series.column('yDif'), series.column('yNoise')];
  const tapeNoise = tapeNoiseOf(series);
  return ({ startFrame, endFrame }) => {
    const { frames, mostStill, leastStill, leastLeap } = sides;
    if (startFrame <= frames || endFrame + 1 + frames >= series.frames) return false;
    const behind = difference.subarray(endFrame + 2, endFrame + 2 + frames);
    const around = [...difference.subarray(startFrame - frames, startFrame), ...behind];
    const floor = noiseDifference * Math.min(tapeNoise, noise[startFrame] as number);
    const isStill = around.every((value) => value >= leastStill * floor && value <= mostStill * floor);
    return isStill || (difference[endFrame + 1] as number) >= leastLeap * Math.max(...behind);
  };
}
