import type { Check, Finding } from '../check.ts';
import { createDamageLeaver, createStreakTest } from '../damaged-frames.ts';
import { runsBeyondExcuse } from '../excused-runs.ts';
import { createGates } from '../gates.ts';
import { createTellingTest } from '../narrow-band.ts';
import { createLevelTest, nominal } from '../nominal-level.ts';
import { evidenceNumber, lengthInWords, lengthOf, minimumIn } from '../runs.ts';
import { framesIn, onScaleOf, type Series } from '../series.ts';

/**
 * Black is too dark: areas of the active picture lie below nominal black. Analogue black has noise on both sides of it, so areas
 * are looked at and not samples: their mean stays at black however noisy the tape. Small shadows count where they reach the end
 * of the scale, which noise and the overshoot of edges do not; where a flat black lies right, only edges can have got there.
 */
export const lumaUnder: Check<LimitName> = {
  id: 'luma-under',
  medium: 'video',
  titleKey: 'qc.check.lumaUnder.title',
  explanationKey: 'qc.check.lumaUnder.explanation',
  needs: ['yDarkest'],
  sees: ['yDarkest'],
  evidence: ['frames', 'yDarkest', 'limitCodes'],
  limits: {
    noteCodes: {
      value: 40,
      unit: 'code, 10 bit',
      source: 'qct-parse: YLOW 40, its middle and high profile; for areas instead of samples',
    },
    warnCodes: { value: 20, unit: 'code, 10 bit', source: 'EBU R 103: 5 of 255' },
    railCodes: { value: 8, unit: 'code, 10 bit', source: 'SDI ends at 4 (ITU-R BT.656); own margin' },
    shadowCodes: {
      value: 96,
      unit: 'code, 10 bit',
      source:
        'Own: shadows lie among dark areas; what reaches the end of the scale where none is dark rings beside letters',
    },
    leastShare: { value: 0.0005, unit: 'share', source: 'Own: 200 samples of a PAL picture' },
    noiseReach: { value: 5.5, unit: 'factor', source: 'Own: noise of nominal black does not reach further' },
    minimumSeconds: { value: 0.2, unit: 's', source: 'Own: a disturbance is no wrong level' },
    bridgeSeconds: { value: 0.4, unit: 's', source: 'Own: one setting is one event' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const besideDamage = createDamageLeaver(
      series,
      earlier,
      createTellingTest(series, 'black', limits.noteCodes),
    );
    const isStreaked = createStreakTest(series.frames, earlier);
    const { bars } = createGates(series);
    const level = series.column('yDarkest');
    const [note, warn] = [onScaleOf(series, limits.noteCodes), onScaleOf(series, limits.warnCodes)];
    const isRight = createLevelTest(series, 'black');
    const isFar = (frame: number) => (level[frame] as number) < note;
    const isCut = createFloorTest(series, limits);
    const isOutside = (frame: number) => !bars[frame] && !isRight(frame) && (isFar(frame) || isCut(frame));
    const isExcused = (frame: number) => !bars[frame] && isRight(frame) && isFar(frame);
    const runs = runsBeyondExcuse(series.frames, isOutside, isExcused, {
      minimumFrames: framesIn(series, limits.minimumSeconds),
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
    });
    return runs
      .flatMap((run) => besideDamage(run) ?? [])
      .filter((run) => !(isStreaked(run) && !isFar(run.startFrame)))
      .map((run) => {
        const lowest = minimumIn(isFar(run.startFrame) ? level : series.column('yMin'), run);
        return {
          ...run,
          severity: lowest < warn ? 'warn' : 'info',
          confidence: lowest < warn ? 0.9 : 0.7,
          evidence: { frames: lengthOf(run), yDarkest: evidenceNumber(lowest), limitCodes: note },
          message: `Black lies at code ${Math.round(lowest)} for ${lengthInWords(run)}: ${lowest < warn ? 'raise the black level (set-up) and play it again' : 'EBU R 103 tolerates it'}.`,
        };
      });
  },
};

type LimitName =
  | 'noteCodes'
  | 'warnCodes'
  | 'railCodes'
  | 'shadowCodes'
  | 'leastShare'
  | 'noiseReach'
  | 'minimumSeconds'
  | 'bridgeSeconds';

/** Samples at the end of the scale, more than single ones, and not by noise. */
function createFloorTest(series: Series, limits: Record<LimitName, number>): (frame: number) => boolean {
  const [least, share, noise] = [series.column('yMin'), series.column('brng'), series.column('yNoise')];
  const [rail, black] = [onScaleOf(series, limits.railCodes), onScaleOf(series, nominal.black)];
  const [darkest, shadow] = [series.column('yDarkest'), onScaleOf(series, limits.shadowCodes)];
  return (frame) =>
    (darkest[frame] as number) <= shadow &&
    (least[frame] as number) <= rail &&
    (share[frame] as number) >= limits.leastShare &&
    black - (least[frame] as number) > limits.noiseReach * (noise[frame] as number);
}
