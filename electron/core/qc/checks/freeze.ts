import type { Check, Finding } from '../check.ts';
import { createGates } from '../gates.ts';
import { findHeldFrames } from '../held-frames.ts';
import { evidenceNumber, lengthOf, maximumIn } from '../runs.ts';
import { framesIn } from '../series.ts';

/**
 * The picture is held by a machine: a time base corrector, a card or a disk repeats a frame or a field while the tape goes
 * on. Told from a still shot by the tape's noise, which is new on every frame and stops only where the tape is not
 * seen. Shorter holds are `duplicate-frame`.
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
    // Without noise a repeat proves nothing by itself: a drawn still does it too, and begins with a cut.
    const meant = (startFrame: number) => !hasNoise && (cut[startFrame - 1] === 1 || startFrame <= 1);
    return freezes
      .filter((run) => !meant(run.startFrame))
      .map((run) => {
        const isLong = lengthOf(run) >= framesIn(series, limits.failSeconds);
        return {
          ...run,
          severity: isLong && hasNoise ? 'fail' : 'warn',
          confidence: hasNoise ? 0.95 : 0.6,
          evidence: {
            frames: lengthOf(run),
            yDif: evidenceNumber(maximumIn(difference, run)),
            limitYDif: evidenceNumber(limitCodes),
          },
          message: `The picture stands still for ${lengthOf(run)} frames, noise and all: a machine behind the tape holds it, so play this part again.`,
        };
      });
  },
};
