import type { Check, Finding } from '../check.ts';
import { createDamageTest } from '../damaged-frames.ts';
import { createGates } from '../gates.ts';
import { evidenceNumber, findRuns, lengthInWords, lengthOf, maximumIn, type Run } from '../runs.ts';
import { framesIn, onScaleOf, type Series } from '../series.ts';

/**
 * The colour goes while the picture goes on: the deck lost the burst, or its colour killer stepped in. Both edges of a
 * black-and-white shot are cuts, and a fade takes its time; a loss comes or goes within a shot, at once. A tape that is
 * black and white throughout loses nothing.
 */
export const chromaLoss: Check<
  | 'share'
  | 'leastColourCodes'
  | 'mostUsualCodes'
  | 'edgeRatio'
  | 'edgeFrames'
  | 'minimumSeconds'
  | 'bridgeSeconds'
  | 'noiseShare'
> = {
  id: 'chroma-loss',
  medium: 'video',
  titleKey: 'qc.check.chromaLoss.title',
  explanationKey: 'qc.check.chromaLoss.explanation',
  needs: ['satPercentile99', 'uMin', 'uMax'],
  sees: ['satPercentile99'],
  evidence: ['frames', 'satPercentile99', 'usualSaturation', 'limitCodes'],
  limits: {
    share: { value: 0.25, unit: 'share', source: 'Own: of the tape’s usual saturation' },
    leastColourCodes: {
      value: 32,
      unit: 'code, 10 bit',
      source: 'Own: a tape with less is black and white, and this is its noise',
    },
    mostUsualCodes: {
      value: 240,
      unit: 'code, 10 bit',
      source: 'Own: half of what 100 % colour bars have; stronger scenes are rare',
    },
    edgeRatio: { value: 2.5, unit: 'factor', source: 'Own: from one shot’s colour to none' },
    edgeFrames: {
      value: 3,
      unit: 'frames',
      source: 'Own: a colour killer takes a field or two, a fade longer',
    },
    minimumSeconds: { value: 0.2, unit: 's', source: 'Own: shorter ones are flicker' },
    bridgeSeconds: { value: 0.3, unit: 's', source: 'Own: colour that flickers back is one loss' },
    noiseShare: { value: 0.5, unit: 'share', source: 'Own: a killer takes the noise of chroma as well' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const isDamage = createDamageTest(series.frames, earlier);
    const { black, flat, bars } = createGates(series);
    const saturation = series.column('satPercentile99');
    const least = onScaleOf(series, limits.leastColourCodes);
    const coloured = saturation
      .filter((value, frame) => value >= least && !black[frame] && !flat[frame] && !bars[frame])
      .sort();
    const middle = coloured[coloured.length >> 1];
    if (middle === undefined) return [];
    // What is too strong somewhere says nothing of how strong colours are elsewhere.
    const usual = Math.min(middle, onScaleOf(series, limits.mostUsualCodes));
    const limit = limits.share * usual;
    const isGone = (frame: number) => (saturation[frame] as number) < limit && !black[frame] && !flat[frame];
    const runs = findRuns(series.frames, isGone, {
      minimumFrames: framesIn(series, limits.minimumSeconds),
      bridgeFrames: framesIn(series, limits.bridgeSeconds),
    });
    const range = chromaRange(series);
    const usualRange = medianWhere(range, (frame) => (saturation[frame] as number) >= least);
    return runs
      .filter((run) => !isDamage(run))
      .filter((run) => comesWithinShot(series, run, limits) || goesWithinShot(series, run, limits))
      .map((run) => {
        const rest = medianWhere(range, (frame) => frame >= run.startFrame && frame <= run.endFrame);
        return {
          ...run,
          severity: 'warn',
          confidence: rest < limits.noiseShare * usualRange ? 0.9 : 0.6,
          evidence: {
            frames: lengthOf(run),
            satPercentile99: evidenceNumber(maximumIn(saturation, run)),
            usualSaturation: evidenceNumber(usual),
            limitCodes: evidenceNumber(limit),
          },
          message: `The colour is gone for ${lengthInWords(run)} while the picture goes on: check tracking and the burst, and play this part again.`,
        };
      });
  },
};

type EdgeLimits = Record<'edgeRatio' | 'edgeFrames', number>;

function comesWithinShot(series: Series, { startFrame }: Run, limits: EdgeLimits): boolean {
  return isSharp(series, startFrame - limits.edgeFrames, startFrame, startFrame, limits);
}

function goesWithinShot(series: Series, { endFrame }: Run, limits: EdgeLimits): boolean {
  return isSharp(series, endFrame + limits.edgeFrames, endFrame, endFrame + 1, limits);
}

/** From colour to none (or back) within a few frames of one shot. */
function isSharp(series: Series, colour: number, none: number, change: number, limits: EdgeLimits): boolean {
  const saturation = series.column('satPercentile99');
  const { cut, black, flat } = createGates(series);
  if (colour < 0 || colour >= series.frames || black[colour] || flat[colour]) return false;
  for (let frame = change - 1; frame <= change + 1; frame++) if (cut[frame]) return false;
  return (saturation[colour] as number) >= limits.edgeRatio * (saturation[none] as number);
}

function chromaRange(series: Series): Float32Array {
  const [least, most] = [series.column('uMin'), series.column('uMax')];
  return most.map((value, frame) => value - (least[frame] as number));
}

function medianWhere(column: Float32Array, holds: (frame: number) => boolean): number {
  const values = column.filter((value, frame) => !Number.isNaN(value) && holds(frame)).sort();
  return values[values.length >> 1] ?? Number.NaN;
}
