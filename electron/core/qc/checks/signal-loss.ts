import type { Check, Finding } from '../check.ts';
import { createFlatFieldTest } from '../flat-field.ts';
import { audioColumn } from '../measures.ts';
import { evidenceNumber, findRuns, lengthOf, maximumIn, minimumIn } from '../runs.ts';
import { framesIn, onScaleOf, type Series } from '../series.ts';
import { createSnowTest } from '../snow.ts';
import { tapeNoiseOf } from '../tape-noise.ts';

/**
 * No picture comes in: the deck, the time base corrector or the card shows a field it made itself. A flat field in a
 * colour or in grey is enough, without noise or with far less than this tape's own (that of the converter behind). A flat black
 * one is told from a black that somebody recorded, or edited in, by the sound: it counts where every channel is digital silence, which no
 * analogue path gives. Where nothing mutes the deck, snow comes instead.
 */
export const signalLoss: Check<
  | 'rangeCodes'
  | 'minimumFrames'
  | 'failSeconds'
  | 'blackCodes'
  | 'quietRangeCodes'
  | 'drawnRangeCodes'
  | 'snowFrames'
  | 'snowShare'
  | 'noiseShare'
  | 'leastNoiseCodes'
> = {
  id: 'signal-loss',
  medium: 'video',
  titleKey: 'qc.check.signalLoss.title',
  explanationKey: 'qc.check.signalLoss.explanation',
  needs: ['yMin', 'yMax', 'uMin', 'uMax', 'vMin', 'vMax'],
  sees: ['yMax'],
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
    quietRangeCodes: {
      value: 24,
      unit: 'code, 10 bit',
      source: 'Own: the noise of a converter, two codes, reaches ten times as far over a picture',
    },
    drawnRangeCodes: {
      value: 3,
      unit: 'code, 10 bit',
      source: 'Own: no converter is so quiet; a tape that has noise does not give it',
    },
    snowFrames: { value: 5, unit: 'frames', source: 'Own: shorter noise is an edit, or damage' },
    snowShare: { value: 0.5, unit: 'share', source: 'Own: of the tape; with more, snow is what is on it' },
    noiseShare: { value: 0.4, unit: 'share', source: 'Own: of the noise that this tape plays with' },
    leastNoiseCodes: {
      value: 2,
      unit: 'code, 10 bit',
      source: 'Own: analogue tapes have more than a converter',
    },
  },
  evaluate(series, limits): Finding[] {
    const isFlat = createFlatFieldTest(series, limits.rangeCodes);
    const isQuiet = createQuietTest(series, limits);
    const yMax = series.column('yMax');
    const isSilent = createSilenceTest(series);
    const blackCode = onScaleOf(series, limits.blackCodes);
    const isLost = (frame: number) =>
      isQuiet(frame) || (isFlat(frame) && ((yMax[frame] as number) >= blackCode || isSilent(frame)));
    const runs = findRuns(series.frames, isLost, { minimumFrames: limits.minimumFrames });
    const fields = runs.map((run): Finding => {
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
    return [...fields, ...snowIn(series, limits)].sort((a, b) => a.startFrame - b.startFrame);
  },
};

/** Snow that breaks into a programme. A tape that is snow for the better part is empty, or a work; nothing was lost there. */
function snowIn(
  series: Series,
  limits: Record<'snowFrames' | 'snowShare' | 'rangeCodes', number>,
): Finding[] {
  const isSnow = createSnowTest(series);
  const runs = findRuns(series.frames, isSnow, { minimumFrames: limits.snowFrames, bridgeFrames: 2 });
  const all = runs.reduce((sum, run) => sum + lengthOf(run), 0);
  if (all > limits.snowShare * series.frames) return [];
  return runs.map((run) => ({
    ...run,
    severity: 'warn',
    confidence: 0.6,
    evidence: {
      frames: lengthOf(run),
      yMin: evidenceNumber(minimumIn(series.column('yMin'), run)),
      yMax: evidenceNumber(maximumIn(series.column('yMax'), run)),
      limitRange: onScaleOf(series, limits.rangeCodes),
    },
    message: `Snow for ${lengthOf(run)} frames: nothing was recorded there, or the heads do not read it; clean them and play this part again.`,
  }));
}

/** A field with so much less noise than the tape that it cannot come from it. */
function createQuietTest(
  series: Series,
  limits: Record<
    'quietRangeCodes' | 'drawnRangeCodes' | 'blackCodes' | 'noiseShare' | 'leastNoiseCodes',
    number
  >,
): (frame: number) => boolean {
  const tapeNoise = tapeNoiseOf(series);
  if (!(tapeNoise >= onScaleOf(series, limits.leastNoiseCodes))) return () => false;
  const isNearlyFlat = createFlatFieldTest(series, limits.quietRangeCodes);
  const noise = series.column('yNoise');
  const isDrawn = createFlatFieldTest(series, limits.drawnRangeCodes);
  const yMax = series.column('yMax');
  const blackCode = onScaleOf(series, limits.blackCodes);
  return (frame) => {
    // Black comes with less noise than a picture on many decks, and works are edited with a black that a machine made.
    if ((yMax[frame] as number) < blackCode) return false;
    if (isDrawn(frame)) return true;
    return isNearlyFlat(frame) && (noise[frame] as number) < limits.noiseShare * tapeNoise;
  };
}

function createSilenceTest(series: Series): (frame: number) => boolean {
  const peaks = Array.from({ length: series.channels }, (_, at) =>
    series.column(audioColumn('peakDbfs', at + 1)),
  );
  return (frame) =>
    peaks.length > 0 && peaks.every((peak) => (peak[frame] as number) === Number.NEGATIVE_INFINITY);
}
