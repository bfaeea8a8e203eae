import type { Check, Finding } from '../check.ts';
import { createDamageLeaver } from '../damaged-frames.ts';
import { createGates } from '../gates.ts';
import { raisedChroma } from '../raised-chroma.ts';
import { evidenceNumber, findRuns, lengthInWords, lengthOf, maximumIn } from '../runs.ts';
import { framesIn, onScaleOf } from '../series.ts';

/**
 * Colours that no camera and no generator gives: chroma beyond 100 % colour bars, or a good part of the picture outside what R, G
 * and B can make; less of it where all colours became stronger at once. Strong colours alone are no fault: synthesisers and feedback stay inside.
 */
export const oversaturation: Check<
  | 'saturationCodes'
  | 'gamutShare'
  | 'raisedShare'
  | 'raisedCodes'
  | 'leastCodes'
  | 'leastLuma'
  | 'mostLuma'
  | 'minimumSeconds'
  | 'bridgeSeconds'
> = {
  id: 'oversaturation',
  medium: 'video',
  titleKey: 'qc.check.oversaturation.title',
  explanationKey: 'qc.check.oversaturation.explanation',
  needs: ['satPercentile99', 'gamutShare', 'yDarkest', 'yBrightest'],
  sees: ['satPercentile99'],
  evidence: ['frames', 'satPercentile99', 'limitCodes', 'gamutShare'],
  limits: {
    saturationCodes: {
      value: 496,
      unit: 'code, 10 bit',
      source: 'vrecord: 124 of 255; 100 % colour bars have 478 (BT.601), and noise on them',
    },
    gamutShare: { value: 0.05, unit: 'share', source: 'Own: five times what EBU R 103 tolerates' },
    raisedShare: {
      value: 0.01,
      unit: 'share',
      source: 'EBU R 103: 1 % of the area; where the gain of chroma jumped, nothing else explains it',
    },
    raisedCodes: {
      value: 239,
      unit: 'code, 10 bit',
      source: 'Own: half of 100 % colour bars (478), for the same: colours are not pale',
    },
    leastCodes: {
      value: 300,
      unit: 'code, 10 bit',
      source: 'Own: below 75 % bars (341) chroma is not strong, only out of place',
    },
    leastLuma: { value: 40, unit: 'code, 10 bit', source: 'As luma-under: qct-parse' },
    mostLuma: { value: 960, unit: 'code, 10 bit', source: 'As luma-over: 2 % above nominal white' },
    minimumSeconds: { value: 0.2, unit: 's', source: 'Own: a disturbance is no wrong level' },
    bridgeSeconds: { value: 0.4, unit: 's', source: 'Own: one setting is one event' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const besideDamage = createDamageLeaver(series, earlier);
    const { bars } = createGates(series);
    const [saturation, gamut] = [series.column('satPercentile99'), series.column('gamutShare')];
    const [low, high] = [series.column('yDarkest'), series.column('yBrightest')];
    const [lowest, highest] = [limits.leastLuma, limits.mostLuma].map((code) => onScaleOf(series, code)) as [
      number,
      number,
    ];
    const [most, least] = [onScaleOf(series, limits.saturationCodes), onScaleOf(series, limits.leastCodes)];
    const [raised, leastRaised] = [raisedChroma(series), onScaleOf(series, limits.raisedCodes)];
    const isOver = (frame: number) => {
      const value = saturation[frame] as number;
      // Where luma is out of place, legal chroma on it is as impossible: that is no fault of colour.
      const isLumaWrong = (low[frame] as number) < lowest || (high[frame] as number) > highest;
      const share = gamut[frame] as number;
      const isImpossible =
        (share > limits.gamutShare && value > least) ||
        (raised[frame] === 1 && share > limits.raisedShare && value > leastRaised);
      return !bars[frame] && (value > most || (isImpossible && !isLumaWrong));
    };
    const runs = findRuns(series.frames, isOver, {
      minimumFrames: framesIn(series, limits.minimumSeconds),
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
    });
    return runs
      .flatMap((run) => besideDamage(run) ?? [])
      .map((run) => ({
        ...run,
        severity: 'warn',
        confidence: maximumIn(saturation, run) > most ? 0.9 : 0.7,
        evidence: {
          frames: lengthOf(run),
          satPercentile99: evidenceNumber(maximumIn(saturation, run)),
          limitCodes: most,
          gamutShare: evidenceNumber(maximumIn(gamut, run)),
        },
        message: `Colours are stronger than any camera gives for ${lengthInWords(run)}: turn chroma down and play it again.`,
      }));
  },
};
