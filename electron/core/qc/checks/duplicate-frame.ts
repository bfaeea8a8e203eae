import type { Check, Finding } from '../check.ts';
import { findHeldFrames, freezeFrames, type HoldLimits, holdLimits } from '../held-frames.ts';
import { evidenceNumber, lengthInWords, lengthOf, maximumIn, overlaps, type Run } from '../runs.ts';
import { framesIn } from '../series.ts';
import { findStalls } from '../stalls.ts';

/**
 * A frame, or a few, shown twice by a machine: held as in `freeze`, but not for longer than three frames. Where frames repeat in step
 * for seconds (animation on twos, film with pull-down), somebody meant it, or a converter of standards did it: a note.
 */
export const duplicateFrame: Check<'bridgeSeconds' | 'cadenceRepeats' | keyof HoldLimits> = {
  id: 'duplicate-frame',
  medium: 'video',
  titleKey: 'qc.check.duplicateFrame.title',
  explanationKey: 'qc.check.duplicateFrame.explanation',
  needs: ['yNoise', 'fieldDifLeast'],
  sees: ['fieldDifLeast'],
  evidence: ['frames', 'heldFrames', 'yDif', 'limitYDif'],
  limits: {
    bridgeSeconds: { value: 0.5, unit: 's', source: 'Own: one stutter is one event' },
    cadenceRepeats: {
      value: 8,
      unit: 'count',
      source: 'Own: eight repeats at one distance are no accident',
    },
    ...holdLimits,
  },
  evaluate(series, limits): Finding[] {
    const { freezes, repeats, hasNoise, limitCodes } = findHeldFrames(series, limits);
    const difference = series.column('fieldDifLeast');
    const stalls = findStalls(series).filter(
      (run) => lengthOf(run) < freezeFrames && ![...freezes, ...repeats].some((one) => overlaps(one, run)),
    );
    const copies = stalls.map(
      (run): Finding => ({
        ...run,
        severity: 'warn',
        confidence: 0.5,
        evidence: {
          frames: lengthOf(run),
          heldFrames: lengthOf(run),
          yDif: evidenceNumber(maximumIn(difference, run)),
          limitYDif: evidenceNumber(limitCodes),
        },
        message: `Motion stops for ${lengthInWords(run)} and leaps on: if a second pass does it too, it was recorded so.`,
      }),
    );
    const held = groupsOf(repeats, framesIn(series, limits.bridgeSeconds)).flatMap((group): Finding[] => {
      const run = {
        startFrame: (group[0] as Run).startFrame,
        endFrame: (group.at(-1) as Run).endFrame,
      };
      const isCadence = group.length >= limits.cadenceRepeats && isEven(group);
      // In material without noise nothing but a single repeat within motion is worth a word.
      if (!hasNoise && (isCadence || group.length > 1)) return [];
      const heldFrames = group.reduce((sum, repeat) => sum + lengthOf(repeat), 0);
      return [
        {
          ...run,
          severity: isCadence ? 'info' : 'warn',
          confidence: isCadence ? 0.5 : hasNoise ? 0.9 : 0.4,
          evidence: {
            frames: lengthOf(run),
            heldFrames,
            yDif: evidenceNumber(Math.max(...group.map((repeat) => maximumIn(difference, repeat)))),
            limitYDif: evidenceNumber(limitCodes),
          },
          message: isCadence
            ? `${heldFrames} frames repeat in step: animation, film or a converter of standards.`
            : `${heldFrames === 1 ? 'A frame is' : `${heldFrames} frames are`} shown twice, noise and all: look whether what should have been there is missing, and play it again.`,
        },
      ];
    });
    return [...held, ...copies].sort((a, b) => a.startFrame - b.startFrame);
  },
};

function groupsOf(runs: readonly Run[], bridgeFrames: number): Run[][] {
  const groups: Run[][] = [];
  for (const run of runs) {
    const last = groups.at(-1)?.at(-1);
    if (last && run.startFrame - last.endFrame - 1 <= bridgeFrames) groups.at(-1)?.push(run);
    else groups.push([run]);
  }
  return groups;
}

/** Most repeats follow one another at one distance. */
function isEven(repeats: readonly Run[]): boolean {
  const steps = repeats.slice(1).map((run, at) => run.startFrame - (repeats[at] as Run).startFrame);
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1] as number;
  return steps.filter((step) => Math.abs(step - usual) <= 1).length >= 0.75 * steps.length;
}
