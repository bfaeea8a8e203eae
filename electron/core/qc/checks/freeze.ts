import type { Check, Finding } from '../check.ts';
import { createGates } from '../gates.ts';
import { findHeldFrames, freezeFrames } from '../held-frames.ts';
import { evidenceNumber, lengthOf, maximumIn, overlaps, type Run } from '../runs.ts';
import { framesIn } from '../series.ts';
import { findStalls } from '../stalls.ts';

/**
 * The picture is held by a machine: a time base corrector, a card or a disk repeats a frame or a field while the tape goes
 * on. Told from a still shot by the tape's noise, which is new on every frame and stops only where the tape is not
 * seen. Where noise came on top later, even motion that stops at once and then leaps tells it, with less certainty. Shorter holds are `duplicate-frame`.
 */
export const freeze: Check<'failSeconds'> = {
  id: 'freeze',
  medium: 'video',
  titleKey: 'qc.check.freeze.title',
  explanationKey: 'qc.check.freeze.explanation',
  needs: ['yNoise', 'fieldDifLeast', 'yDif'],
  evidence: ['frames', 'yDif', 'limitYDif'],
  limits: {
    failSeconds: { value: 0.4, unit: 's', source: 'AV Spex: a run of 10 frames is critical' },
  },
  evaluate(series, limits): Finding[] {
    const { freezes, hasNoise, limitCodes } = findHeldFrames(series);
    const { cut } = createGates(series);
    const difference = series.column('fieldDifLeast');
    const finding = (run: Run, rest: Pick<Finding, 'severity' | 'confidence' | 'message'>): Finding => ({
      ...run,
      ...rest,
      evidence: {
        frames: lengthOf(run),
        yDif: evidenceNumber(maximumIn(difference, run)),
        limitYDif: evidenceNumber(limitCodes),
      },
    });
    // Without noise a repeat proves nothing by itself: a drawn still does it too, and begins with a cut.
    const isDrawn = (startFrame: number) => !hasNoise && (cut[startFrame - 1] === 1 || startFrame <= 1);
    const held = freezes.filter((run) => !isDrawn(run.startFrame));
    const stalls = findStalls(series).filter(
      (run) => lengthOf(run) >= freezeFrames && !freezes.some((one) => overlaps(one, run)),
    );
    return [
      ...held.map((run) =>
        finding(run, {
          severity: hasNoise && lengthOf(run) >= framesIn(series, limits.failSeconds) ? 'fail' : 'warn',
          confidence: hasNoise ? 0.95 : 0.6,
          message: `The picture stands still for ${lengthOf(run)} frames, noise and all: a machine behind the tape holds it, so play this part again.`,
        }),
      ),
      ...stalls.map((run) =>
        finding(run, {
          severity: 'warn',
          confidence: 0.6,
          message: `Motion stops for ${lengthOf(run)} frames and leaps on: if a second pass does it too, it was recorded so.`,
        }),
      ),
    ];
  },
};
