import type { Check, Finding } from '../check.ts';
import { framesFoundBy } from '../found-frames.ts';
import { heldMaskOf } from '../held-frames.ts';
import {
  evidenceNumber,
  findRuns,
  lengthInWords,
  lengthOf,
  maximumIn,
  minimumIn,
  type Run,
} from '../runs.ts';
import { framesIn, onScaleOf, type Series } from '../series.ts';

/**
 * One of two heads gives little or nothing: every second field is noisy, soft or grey, and always the same one. Motion,
 * cuts and noise of the scene are in both fields alike.
 */
export const headClog: Check<
  'fieldDb' | 'leastFrames' | 'bridgeSeconds' | 'failDb' | 'failSeconds' | 'failRows'
> = {
  id: 'head-clog',
  medium: 'video',
  titleKey: 'qc.check.headClog.title',
  explanationKey: 'qc.check.headClog.explanation',
  needs: ['fieldPeakDb', 'upperTexture', 'lowerTexture', 'fieldLevelDifference', 'noisyBandRows'],
  sees: ['fieldPeakDb'],
  evidence: ['frames', 'field', 'fieldPeakDb', 'usualFieldDb', 'limitFieldDb'],
  limits: {
    fieldDb: {
      value: 3.5,
      unit: 'dB',
      source: 'Own: two heads in order differ by up to 1.5 dB in any part of a picture',
    },
    leastFrames: { value: 4, unit: 'frames', source: 'Own: a cut on the second field lasts one frame' },
    bridgeSeconds: { value: 0.5, unit: 's', source: 'Own: a head that clogs comes and goes' },
    failDb: { value: 8, unit: 'dB', source: 'Own: 2.5 times as rough as the other field' },
    failSeconds: { value: 0.4, unit: 's', source: 'Own: a head that stays clogged' },
    failRows: { value: 200, unit: 'lines', source: 'Own: noise in place of a third of the picture or more' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const peak = series.column('fieldPeakDb');
    const usual = medianOf(peak);
    // A worn head is a little noisier all along: what counts is how much worse it becomes.
    const base = Math.max(-1.5, Math.min(1.5, usual));
    const left = framesFoundBy(earlier, ['signal-loss', 'sync-loss'], series.frames);
    // What a machine holds is one picture, seen once, however its two fields differ.
    const held = heldMaskOf(series);
    const isClogged = (frame: number, sign: number) =>
      !left[frame] && !held[frame] && sign * ((peak[frame] as number) - base) >= limits.fieldDb;
    const seen: (Run & { sign: number; hits: number })[] = [];
    for (const sign of [1, -1]) {
      const runs = findRuns(series.frames, (frame) => isClogged(frame, sign), {
        bridgeFrames: framesIn(series, limits.bridgeSeconds),
      });
      for (const run of runs) {
        let hits = 0;
        for (let frame = run.startFrame; frame <= run.endFrame; frame++) if (isClogged(frame, sign)) hits++;
        if (hits >= limits.leastFrames && hits > lengthOf(run) / 3) seen.push({ ...run, sign, hits });
      }
    }
    return mergeNear(seen, framesIn(series, limits.bridgeSeconds)).map(({ sign, startFrame, endFrame }) =>
      toFinding(series, { startFrame, endFrame }, sign, base, limits),
    );
  },
};

/**
 * One head at a time: where a field is grey, it is the smoother one in detail and the rougher one in an even place, and the place where
 * fields differ most wanders with the scene. What was seen more often says which way.
 */
function mergeNear<Seen extends Run & { sign: number; hits: number }>(
  seen: readonly Seen[],
  gapFrames: number,
): Seen[] {
  const merged: Seen[] = [];
  for (const one of seen.toSorted((a, b) => a.startFrame - b.startFrame)) {
    const last = merged.at(-1);
    if (!last || one.startFrame > last.endFrame + gapFrames + 1) {
      merged.push({ ...one });
      continue;
    }
    last.endFrame = Math.max(last.endFrame, one.endFrame);
    if (one.hits <= last.hits) continue;
    last.sign = one.sign;
    last.hits = one.hits;
  }
  return merged;
}

function toFinding(
  series: Series,
  run: Run,
  sign: number,
  usualFieldDb: number,
  limits: Parameters<typeof headClog.evaluate>[1],
): Finding {
  const [upper, lower] = [series.column('upperTexture'), series.column('lowerTexture')];
  const peaks = series.column('fieldPeakDb');
  const peakDb = sign > 0 ? maximumIn(peaks, run) : -minimumIn(peaks, run);
  // The rougher field is the bad one where it is noise, the smoother one where it has lost its detail.
  const before = [usualBefore(upper, run), usualBefore(lower, run)] as const;
  const here = [medianIn(upper, run), medianIn(lower, run)] as const;
  const rough = sign > 0 ? 0 : 1;
  const smooth = 1 - rough;
  const rose = here[rough] / before[rough];
  const fell = before[smooth as 0 | 1] / here[smooth as 0 | 1];
  const isNoise = !(fell > rose);
  const bad = isNoise ? rough : smooth;
  const noisyRows = medianIn(series.column('noisyBandRows'), run);
  const isSure =
    isNoise &&
    peakDb >= limits.failDb &&
    noisyRows >= limits.failRows &&
    lengthOf(run) >= framesIn(series, limits.failSeconds);
  const level = Math.abs(medianIn(series.column('fieldLevelDifference'), run));
  return {
    ...run,
    severity: isSure ? 'fail' : 'warn',
    confidence: Math.min(0.95, 0.5 + 0.04 * peakDb + (level > onScaleOf(series, 8) ? 0.1 : 0)),
    evidence: {
      frames: lengthOf(run),
      field: bad === 0 ? 'upper' : 'lower',
      fieldPeakDb: evidenceNumber(peakDb),
      usualFieldDb: evidenceNumber(usualFieldDb),
      fieldLevelDifference: evidenceNumber(level),
      limitFieldDb: limits.fieldDb,
    },
    message: `The ${bad === 0 ? 'upper' : 'lower'} field ${isNoise ? 'is noisy' : 'has lost its detail'} for ${lengthInWords(run)} while the other is in order: clean the heads and play it again.`,
  };
}

/** Median of the second before a run. */
function usualBefore(column: Float32Array, { startFrame }: Run): number {
  return medianOf(column.subarray(Math.max(0, startFrame - 25), startFrame));
}

function medianIn(column: Float32Array, run: Run): number {
  return medianOf(column.subarray(run.startFrame, run.endFrame + 1));
}

function medianOf(column: Float32Array): number {
  const values = column.filter((value) => !Number.isNaN(value)).sort();
  return values[values.length >> 1] ?? Number.NaN;
}
