import { counted } from '#shared/i18n/counted.ts';
import type { Check, Finding } from '../check.ts';
import { isOfOneSize } from '../drawn-band.ts';
import { framesFoundBy } from '../found-frames.ts';
import {
  evidenceNumber,
  findRuns,
  lengthInWords,
  lengthOf,
  maximumIn,
  minimumIn,
  type Run,
} from '../runs.ts';
import { framesIn, type Series } from '../series.ts';

/**
 * The heads leave their tracks: a band of noise lies across the picture, stands there or wanders, for many frames. It
 * reaches from side to side and is new on each line and in each frame; texture of a scene is neither.
 */
export const trackingError: Check<
  | 'leastRows'
  | 'leastRowsInPlace'
  | 'placeRows'
  | 'mostRows'
  | 'fieldDb'
  | 'leastFrames'
  | 'leastShare'
  | 'leastNarrowShare'
  | 'bridgeSeconds'
  | 'failRows'
  | 'wholeShare'
  | 'failSeconds'
  | 'drawnShare'
> = {
  id: 'tracking-error',
  medium: 'video',
  titleKey: 'qc.check.trackingError.title',
  explanationKey: 'qc.check.trackingError.explanation',
  needs: ['noisyBandRow', 'noisyBandRows', 'fieldPeakDb'],
  sees: ['noisyBandRows'],
  evidence: ['frames', 'bandRows', 'firstRow', 'lastRow', 'limitRows'],
  limits: {
    leastRows: { value: 8, unit: 'lines', source: 'Own: fewer are dropouts' },
    leastRowsInPlace: { value: 5, unit: 'lines', source: 'Own: where they come again at one place' },
    placeRows: {
      value: 24,
      unit: 'lines',
      source: 'Own: a band that wanders through the picture in a second',
    },
    mostRows: { value: 350, unit: 'lines', source: 'Own: noise over most of the picture is no band' },
    fieldDb: { value: 4, unit: 'dB', source: 'Own: noise in one field alone is a head, not a track' },
    leastFrames: { value: 6, unit: 'frames', source: 'Own: a quarter of a second; a splice is shorter' },
    leastShare: {
      value: 0.5,
      unit: 'share',
      source: 'Own: of the frames of an event, so many show the band',
    },
    leastNarrowShare: {
      value: 0.7,
      unit: 'share',
      source: 'Own: of the frames, where the band is a narrow one: a coarse texture is as rough now and then',
    },
    bridgeSeconds: { value: 0.4, unit: 's', source: 'Own: the band leaves the picture and comes back' },
    failRows: { value: 50, unit: 'lines', source: 'Own: a tenth of the picture is gone' },
    wholeShare: { value: 0.95, unit: 'share', source: 'Own: of the tape; more may be what is on it' },
    drawnShare: {
      value: 0.85,
      unit: 'share',
      source:
        'Own: of the frames, of exactly the size before, from the first to the last: edges that a machine drew; of tapes up to two thirds',
    },
    failSeconds: { value: 1, unit: 's', source: 'Own: tracking that an operator should have set' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const [rows, field] = [series.column('noisyBandRows'), series.column('fieldPeakDb')];
    const left = framesFoundBy(earlier, ['signal-loss', 'sync-loss', 'head-clog'], series.frames);
    const row = series.column('noisyBandRow');
    const isNarrow = (frame: number) => (rows[frame] as number) >= limits.leastRowsInPlace;
    /**
     * A narrow band counts where a frame beside it has one at about the same place: dropouts lie anywhere. Noise is never
     * seen in exactly the same lines, letters that run through the picture are.
     */
    const staysInPlace = (frame: number) =>
      isNarrow(frame) &&
      [-2, -1, 1, 2].some((aside) => {
        const moved = Math.abs((row[frame + aside] as number) - (row[frame] as number));
        const isDrawn = moved === 0 && rows[frame + aside] === rows[frame];
        return isNarrow(frame + aside) && moved <= limits.placeRows && !isDrawn;
      });
    const hasBand = (frame: number) =>
      !left[frame] &&
      ((rows[frame] as number) >= limits.leastRows || staysInPlace(frame)) &&
      (rows[frame] as number) <= limits.mostRows &&
      Math.abs(field[frame] as number) < limits.fieldDb;
    const runs = findRuns(series.frames, hasBand, { bridgeFrames: framesIn(series, limits.bridgeSeconds) });
    return runs.flatMap((run) => {
      let hits = 0;
      for (let frame = run.startFrame; frame <= run.endFrame; frame++) if (hasBand(frame)) hits++;
      if (hits < limits.leastFrames || hits < limits.leastShare * lengthOf(run)) return [];
      const finding = toFinding(series, run, hits, limits);
      // A narrow one counts because it stays where it is: then it is there in most of the frames.
      const isPassing =
        (finding.evidence.bandRows as number) < limits.leastRows &&
        hits < limits.leastNarrowShare * lengthOf(run);
      const isDrawn =
        lengthOf(run) >= limits.wholeShare * series.frames && isOfOneSize(series, run, limits.drawnShare);
      return isPassing || isDrawn ? [] : [finding];
    });
  },
};

function toFinding(
  series: Series,
  run: Run,
  hits: number,
  limits: Parameters<typeof trackingError.evaluate>[1],
): Finding {
  const [first, rows] = [series.column('noisyBandRow'), series.column('noisyBandRows')];
  const sizes = rows
    .subarray(run.startFrame, run.endFrame + 1)
    .slice()
    .sort();
  const bandRows = sizes[sizes.length >> 1] as number;
  const last = first
    .subarray(run.startFrame, run.endFrame + 1)
    .map((row, at) => row + (rows[run.startFrame + at] as number) - 1);
  // What is there from the first frame to the last may be the work: a person is to look.
  const isLasting =
    lengthOf(run) >= framesIn(series, limits.failSeconds) &&
    lengthOf(run) < limits.wholeShare * series.frames;
  return {
    ...run,
    severity: isLasting && bandRows >= limits.failRows ? 'fail' : 'warn',
    confidence: Math.min(
      0.95,
      0.5 + (0.3 * hits) / lengthOf(run) + (bandRows >= 2 * limits.leastRows ? 0.15 : 0),
    ),
    evidence: {
      frames: lengthOf(run),
      bandRows: evidenceNumber(bandRows),
      firstRow: evidenceNumber(minimumIn(first, run)),
      lastRow: evidenceNumber(maximumIn(last, { startFrame: 0, endFrame: last.length - 1 })),
      limitRows: limits.leastRows,
    },
    message: `A band of noise of about ${counted(Math.round(bandRows), 'line')} for ${lengthInWords(run)}: set the tracking and play it again.`,
  };
}
