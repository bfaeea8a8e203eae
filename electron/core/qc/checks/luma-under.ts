import type { Check, Finding } from '../check.ts';
import { createDamageTest } from '../damaged-frames.ts';
import { createGates } from '../gates.ts';
import { evidenceNumber, findRuns, lengthOf, minimumIn } from '../runs.ts';
import { framesIn, onScaleOf } from '../series.ts';

/**
 * Black is too dark: areas of the active picture lie below nominal black. Analogue black has noise on both sides of it, so areas
 * are looked at and not samples: their mean stays at black however noisy the tape.
 */
export const lumaUnder: Check<'noteCodes' | 'warnCodes' | 'minimumSeconds' | 'bridgeSeconds'> = {
  id: 'luma-under',
  medium: 'video',
  titleKey: 'qc.check.lumaUnder.title',
  explanationKey: 'qc.check.lumaUnder.explanation',
  needs: ['yDarkest'],
  evidence: ['frames', 'yDarkest', 'limitCodes'],
  limits: {
    noteCodes: {
      value: 40,
      unit: 'code, 10 bit',
      source: 'qct-parse: YLOW 40, its middle and high profile; for areas instead of samples',
    },
    warnCodes: { value: 20, unit: 'code, 10 bit', source: 'EBU R 103: 5 of 255' },
    minimumSeconds: { value: 0.2, unit: 's', source: 'Own: a disturbance is no wrong level' },
    bridgeSeconds: { value: 0.4, unit: 's', source: 'Own: one setting is one event' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const isDamage = createDamageTest(series.frames, earlier);
    const { bars } = createGates(series);
    const level = series.column('yDarkest');
    const [note, warn] = [onScaleOf(series, limits.noteCodes), onScaleOf(series, limits.warnCodes)];
    const runs = findRuns(series.frames, (frame) => (level[frame] as number) < note && !bars[frame], {
      minimumFrames: framesIn(series, limits.minimumSeconds),
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
    });
    return runs
      .filter((run) => !isDamage(run))
      .map((run) => {
        const lowest = minimumIn(level, run);
        return {
          ...run,
          severity: lowest < warn ? 'warn' : 'info',
          confidence: lowest < warn ? 0.9 : 0.7,
          evidence: { frames: lengthOf(run), yDarkest: evidenceNumber(lowest), limitCodes: note },
          message: `Black lies at code ${Math.round(lowest)} for ${lengthOf(run)} frames: raise the black level (set-up) and play it again.`,
        };
      });
  },
};
