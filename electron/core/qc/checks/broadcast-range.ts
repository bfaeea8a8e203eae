import type { Check, Finding } from '../check.ts';
import { createGates } from '../gates.ts';
import { evidenceNumber, findRuns, lengthOf, maximumIn, minimumIn } from '../runs.ts';
import { framesIn, onScaleOf } from '../series.ts';

/**
 * More than one per cent of the active picture leaves the range that EBU R 103 tolerates, in luma or as R, G and B. An archive
 * keeps it as it is; whoever makes a broadcast of it has to know.
 */
export const broadcastRange: Check<
  'highCodes' | 'lowCodes' | 'gamutShare' | 'minimumSeconds' | 'bridgeSeconds'
> = {
  id: 'broadcast-range',
  medium: 'video',
  titleKey: 'qc.check.broadcastRange.title',
  explanationKey: 'qc.check.broadcastRange.explanation',
  needs: ['yPercentile1', 'yPercentile99', 'gamutShare'],
  evidence: ['frames', 'yPercentile1', 'yPercentile99', 'gamutShare', 'limitShare'],
  limits: {
    highCodes: { value: 984, unit: 'code, 10 bit', source: 'EBU R 103: 246 of 255' },
    lowCodes: { value: 20, unit: 'code, 10 bit', source: 'EBU R 103: 5 of 255' },
    gamutShare: { value: 0.01, unit: 'share', source: 'EBU R 103: excursions in up to 1 % of the area' },
    minimumSeconds: { value: 0.2, unit: 's', source: 'Own: a disturbance is no wrong level' },
    bridgeSeconds: { value: 1, unit: 's', source: 'Own: one setting is one event' },
  },
  evaluate(series, limits): Finding[] {
    const { bars } = createGates(series);
    const [low, high, gamut] = [
      series.column('yPercentile1'),
      series.column('yPercentile99'),
      series.column('gamutShare'),
    ];
    const [lowest, highest] = [onScaleOf(series, limits.lowCodes), onScaleOf(series, limits.highCodes)];
    const isOutside = (frame: number) =>
      !bars[frame] &&
      ((low[frame] as number) < lowest ||
        (high[frame] as number) > highest ||
        (gamut[frame] as number) > limits.gamutShare);
    const runs = findRuns(series.frames, isOutside, {
      minimumFrames: framesIn(series, limits.minimumSeconds),
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
    });
    return runs.map((run) => ({
      ...run,
      severity: 'warn',
      confidence: 0.9,
      evidence: {
        frames: lengthOf(run),
        yPercentile1: evidenceNumber(minimumIn(low, run)),
        yPercentile99: evidenceNumber(maximumIn(high, run)),
        gamutShare: evidenceNumber(maximumIn(gamut, run)),
        limitShare: limits.gamutShare,
      },
      message: `The picture leaves the range of EBU R 103 for ${lengthOf(run)} frames: keep the master as it is, and correct levels in copies for broadcast.`,
    }));
  },
};
