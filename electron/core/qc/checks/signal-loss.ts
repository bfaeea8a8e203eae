import type { Check, Finding } from '../check.ts';
import { createFlatFieldTest } from '../flat-field.ts';
import { audioColumn } from '../measures.ts';
import { evidenceNumber, findRuns, lengthInWords, lengthOf, maximumIn, minimumIn } from '../runs.ts';
import { framesIn, onScaleOf, type Series } from '../series.ts';
import { createSnowTest } from '../snow.ts';
import { tapeNoiseOf } from '../tape-noise.ts';

/**
 * No picture comes in: the deck, the time base corrector or the card shows a field it made itself. A flat field in a
 * colour or in grey is enough, without noise or with far less than this tape's own (that of the converter behind). A flat black
 * one is told from a black that somebody recorded, or edited in, by the sound: it counts where every channel is digital silence, which no
 * analogue path gives, or where one shot has a single short one. Where nothing mutes the deck, snow comes instead.
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
  | 'shotMuteSeconds'
  | 'muteLevelCodes'
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
    shotMuteSeconds: {
      value: 1,
      unit: 's',
      source: 'Own: a black without noise within one shot; a longer one, or one of several, may be edited in',
    },
    muteLevelCodes: {
      value: 12,
      unit: 'code, 10 bit',
      source: 'Own: levels and colours together, before and behind it: the same shot goes on',
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
    const isMuted = muteMask(series, limits);
    const isLost = (frame: number) =>
      isMuted[frame] === 1 ||
      isQuiet(frame) ||
      (isFlat(frame) && ((yMax[frame] as number) >= blackCode || isSilent(frame)));
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
        message: `No picture for ${lengthInWords(run)}: a flat field that the deck, the time base corrector or the card made.`,
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
    message: `Snow for ${lengthInWords(run)}: nothing was recorded there, or the heads do not read it; clean them and play this part again.`,
  }));
}

/**
 * One byte a frame: 1 where a tape with noise shows a black without any for less than a second, and then the shot of before: a machine behind the
 * tape muted. Where such blacks follow each other they are a work that flickers.
 */
function muteMask(
  series: Series,
  limits: Record<
    'drawnRangeCodes' | 'leastNoiseCodes' | 'minimumFrames' | 'shotMuteSeconds' | 'muteLevelCodes',
    number
  >,
): Uint8Array {
  const mask = new Uint8Array(series.frames);
  if (!(tapeNoiseOf(series) >= onScaleOf(series, limits.leastNoiseCodes))) return mask;
  const isDrawn = createFlatFieldTest(series, limits.drawnRangeCodes);
  const [second, most] = [framesIn(series, limits.shotMuteSeconds), onScaleOf(series, limits.muteLevelCodes)];
  const levels = ['yAvg', 'uAvg', 'vAvg', 'satAvg'].map((id) => series.column(id));
  const runs = findRuns(series.frames, isDrawn, { minimumFrames: 1 });
  for (const [place, { startFrame, endFrame }] of runs.entries()) {
    const [before, after] = [runs[place - 1], runs[place + 1]];
    const isOne =
      !(before && startFrame - before.endFrame < 2 * second) &&
      !(after && after.startFrame - endFrame < 2 * second);
    const frames = endFrame - startFrame + 1;
    if (!isOne || frames < limits.minimumFrames || frames >= second) continue;
    if (startFrame === 0 || endFrame + 1 >= series.frames) continue;
    const jump = levels.reduce(
      (sum, level) => sum + Math.abs((level[endFrame + 1] as number) - (level[startFrame - 1] as number)),
      0,
    );
    if (jump <= most) mask.fill(1, startFrame, endFrame + 1);
  }
  return mask;
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
