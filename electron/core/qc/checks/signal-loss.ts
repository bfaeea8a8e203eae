import type { Check, Finding } from '../check.ts';
import { createFlatFieldTest } from '../flat-field.ts';
import { audioColumn } from '../measures.ts';
import { evidenceNumber, findRuns, lengthOf, maximumIn, minimumIn } from '../runs.ts';
import { framesIn, onScaleOf, type Series } from '../series.ts';

/**
 * No picture comes in: the deck, the time base corrector or the card shows a field it made itself. A flat field in a
 * colour or in grey is enough. A flat black one is told from a black that somebody recorded by the sound: it counts
 * only where every channel is digital silence, which no analogue path gives.
 */
export const signalLoss: Check<'rangeCodes' | 'minimumFrames' | 'failSeconds' | 'blackCodes'> = {
  id: 'signal-loss',
  medium: 'video',
  titleKey: 'qc.check.signalLoss.title',
  explanationKey: 'qc.check.signalLoss.explanation',
  needs: ['yMin', 'yMax', 'uMin', 'uMax', 'vMin', 'vMax'],
  evidence: ['frames', 'yMin', 'yMax', 'limitRange'],
  limits: {
    rangeCodes: { value: 8, unit: 'code, 10 bit', source: 'AV Spex: flat-field mute, YMAX - YMIN < 8' },
    minimumFrames: {
      value: 2,
      unit: 'frames',
      source: 'One frame can be a cut to a graphic; two are a mute',
    },
    failSeconds: { value: 1, unit: 's', source: 'Own: a second without picture is content that is missing' },
    blackCodes: { value: 97, unit: 'code, 10 bit', source: 'AV Spex: black has YLOW < 97' },
  },
  evaluate(series, limits): Finding[] {
    const isFlat = createFlatFieldTest(series, limits.rangeCodes);
    const yMax = series.column('yMax');
    const isSilent = createSilenceTest(series);
    const blackCode = onScaleOf(series, limits.blackCodes);
    const runs = findRuns(
      series.frames,
      (frame) => isFlat(frame) && ((yMax[frame] as number) >= blackCode || isSilent(frame)),
      { minimumFrames: limits.minimumFrames },
    );
    return runs.map((run) => {
      const isLong = lengthOf(run) >= framesIn(series, limits.failSeconds);
      return {
        ...run,
        severity: isLong ? 'fail' : 'warn',
        confidence: isLong ? 0.95 : 0.8,
        evidence: {
          frames: lengthOf(run),
          yMin: evidenceNumber(minimumIn(series.column('yMin'), run)),
          yMax: evidenceNumber(maximumIn(yMax, run)),
          limitRange: onScaleOf(series, limits.rangeCodes),
        },
        message: `No picture for ${lengthOf(run)} frames: a flat field that the deck, the time base corrector or the card made.`,
      };
    });
  },
};

function createSilenceTest(series: Series): (frame: number) => boolean {
  const peaks = Array.from({ length: series.channels }, (_, at) =>
    series.column(audioColumn('peakDbfs', at + 1)),
  );
  return (frame) => peaks.every((peak) => (peak[frame] as number) === Number.NEGATIVE_INFINITY);
}
