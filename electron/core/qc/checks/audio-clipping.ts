import { type ChannelFinding, mergeChannels } from '../channel-findings.ts';
import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { quantileOf } from '../quantile.ts';
import { evidenceNumber, findRuns, lengthOf, maximumIn, overlaps, type Run } from '../runs.ts';
import { framesIn, judgedChannelsOf } from '../series.ts';

/**
 * Tops of the wave are cut off. At full scale the converter ran out of range: a few samples are enough. Below full scale an amplifier or the
 * tape did: there it takes many flat tops that all stand at one level, with nothing above it. The peak alone
 * does not tell, since a clean full-scale tone reaches it too.
 */
export const audioClipping: Check<
  | 'peakDbfs'
  | 'flatFactor'
  | 'fullScaleSamples'
  | 'ceilingSamples'
  | 'ceilingSpreadDb'
  | 'ceilingFrames'
  | 'exactFrames'
  | 'exactSpreadDb'
  | 'exactSamples'
  | 'leastCrestDb'
  | 'drawnSeconds'
  | 'bridgeSeconds'
  | 'oneCeilingSeconds'
  | 'oneCeilingSpreadDb'
  | 'noteSeconds'
  | 'mostFadeDb'
  | 'failFrames'
> = {
  id: 'audio-clipping',
  medium: 'audio',
  titleKey: 'qc.check.audioClipping.title',
  explanationKey: 'qc.check.audioClipping.explanation',
  needs: ['peakDbfs', 'clippedSamples'],
  sees: ['peakDbfs'],
  evidence: ['frames', 'clippedFrames', 'peakDbfs', 'clippedSamples', 'limitDbfs'],
  limits: {
    peakDbfs: { value: -0.2, unit: 'dBFS', source: 'Between vrecord (-0.01) and AV Spex (-0.5)' },
    flatFactor: { value: 1, unit: 'factor', source: 'astats: 0 for a wave that only touches its peak' },
    fullScaleSamples: { value: 3, unit: 'samples', source: 'Own: two in a row can be a fast tone by chance' },
    ceilingSamples: { value: 8, unit: 'samples', source: 'Own: two or three flat tops in one picture' },
    ceilingSpreadDb: {
      value: 0.7,
      unit: 'dB',
      source: 'Own: noise on a ceiling; the peaks of programme scatter by 3 dB and more',
    },
    ceilingFrames: { value: 4, unit: 'frames', source: 'Own: fewer at one level happen by chance' },
    exactFrames: {
      value: 2,
      unit: 'frames',
      source:
        'Own: enough where the level is the same to a twentieth of a decibel, and many samples stand at it',
    },
    exactSpreadDb: { value: 0.05, unit: 'dB', source: 'Own: a ceiling without noise on it' },
    exactSamples: { value: 60, unit: 'samples', source: 'Own: more than a millisecond at one level' },
    leastCrestDb: {
      value: 3,
      unit: 'dB',
      source: 'Own: a sine has 3.01; below it stand square waves, whose tops are flat by design',
    },
    drawnSeconds: {
      value: 2,
      unit: 's',
      source: 'Own: who plays square waves goes on; a passage that is driven into one is shorter',
    },
    bridgeSeconds: { value: 1, unit: 's', source: 'Own: peaks of one passage belong together' },
    oneCeilingSeconds: {
      value: 5,
      unit: 's',
      source:
        'Own: tops that stand at exactly one level are those of one overload, also where only single low notes reach it',
    },
    oneCeilingSpreadDb: {
      value: 0.15,
      unit: 'dB',
      source: 'Own: hiss on a ceiling; by chance, programme does not reach so nearly one level four times',
    },
    noteSeconds: {
      value: 0.2,
      unit: 's',
      source: 'Own: what reaches one ceiling for longer is a passage, and an event by itself',
    },
    mostFadeDb: {
      value: 15,
      unit: 'dB',
      source: 'Own: a note that is struck fades by less from one picture to the next; a square wave stops',
    },
    failFrames: { value: 10, unit: 'frames', source: 'vrecord: more than 10 frames at full scale' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const bridgeFrames = framesIn(series, limits.bridgeSeconds);
    const oneCeilingFrames = framesIn(series, limits.oneCeilingSeconds);
    const found = judgedChannelsOf(series).flatMap((channel) => {
      const peak = series.column(audioColumn('peakDbfs', channel));
      const clipped = series.column(audioColumn('clippedSamples', channel));
      const flat = series.column(audioColumn('flatFactor', channel));
      const rms = series.column(audioColumn('rmsDbfs', channel));
      const isAtFullScale = (frame: number) =>
        (peak[frame] as number) >= limits.peakDbfs &&
        // Reports of other tools know only astats' figure.
        (Number.isNaN(clipped[frame] as number)
          ? (flat[frame] as number) >= limits.flatFactor
          : (clipped[frame] as number) >= limits.fullScaleSamples);
      const full = findRuns(series.frames, isAtFullScale, { bridgeFrames });
      const isSquare = new Uint8Array(series.frames);
      for (const code of earlier.get('ltc-on-audio') ?? []) {
        if (code.channels?.includes(channel)) isSquare.fill(1, code.startFrame, code.endFrame + 1);
      }
      const isFlat = (frame: number) =>
        (clipped[frame] as number) >= limits.ceilingSamples &&
        isSquare[frame] === 0 &&
        !full.some((run) => frame >= run.startFrame && frame <= run.endFrame);
      const columns = { peak, rms, clipped };
      const passages = findRuns(series.frames, isFlat, { bridgeFrames });
      const mostOfNote = framesIn(series, limits.noteSeconds);
      const apart = findRuns(series.frames, isFlat, { bridgeFrames: oneCeilingFrames }).filter(
        (run) =>
          passages.every((one) => !overlaps(one, run) || lengthOf(one) <= mostOfNote) &&
          isOneCeiling(columns, isFlat, run, limits),
      );
      const near = passages.filter(
        (run) =>
          !apart.some((one) => overlaps(one, run)) &&
          isCeiling(columns, isFlat, run, limits) &&
          !(
            lengthOf(run) >= framesIn(series, limits.drawnSeconds) &&
            isDrawn(columns, isFlat, run, limits.leastCrestDb)
          ),
      );
      const below = [...apart, ...near].sort((one, other) => one.startFrame - other.startFrame);
      const find = (run: Run, isClipped: (frame: number) => boolean, isDigital: boolean): ChannelFinding => {
        let clippedFrames = 0;
        let samples = 0;
        for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
          if (!isClipped(frame)) continue;
          clippedFrames++;
          samples += clipped[frame] as number;
        }
        const peakDbfs = maximumIn(peak, run);
        return {
          ...run,
          severity: isDigital && clippedFrames > limits.failFrames ? 'fail' : 'warn',
          confidence: isDigital ? 0.95 : 0.75,
          channel,
          kind: isDigital ? 'full scale' : 'below',
          evidence: {
            frames: lengthOf(run),
            clippedFrames,
            peakDbfs: evidenceNumber(peakDbfs),
            clippedSamples: evidenceNumber(samples),
            limitDbfs: limits.peakDbfs,
          },
          message: (channels) =>
            isDigital
              ? `The sound of ${channels} is clipped in ${clippedFrames} frames: turn the level down and play it again.`
              : `The sound of ${channels} has flat tops at ${peakDbfs.toFixed(1)} dBFS in ${clippedFrames} frames: something before the converter is overloaded, or the recording is.`,
        };
      };
      return [
        ...full.map((run) => find(run, isAtFullScale, true)),
        ...below.map((run) => find(run, isFlat, false)),
      ];
    });
    // Peaks of one channel fall among those of the other, or beside them.
    return mergeChannels(
      found,
      (one, other) =>
        one.startFrame - other.endFrame <= bridgeFrames && other.startFrame - one.endFrame <= bridgeFrames,
    );
  },
};

/** Whether the flat tops are those of a wave that a synthesiser drew: level with its mean power all along. Programme that was cut off still rises and falls. */
function isDrawn(
  { peak, rms }: { peak: Float32Array; rms: Float32Array },
  isFlat: (frame: number) => boolean,
  run: Run,
  leastCrestDb: number,
): boolean {
  let square = 0;
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    if (isFlat(frame) && (peak[frame] as number) - (rms[frame] as number) < leastCrestDb) square++;
  }
  return square > 0.8 * lengthOf(run);
}

/**
 * Whether flat tops that come now and then, of a drum that is struck, all stand at exactly one level that nothing passes.
 * Square waves of a synthesiser do too, but they end or fade flat; what was cut off goes on below, round.
 */
function isOneCeiling(
  { peak, clipped }: { peak: Float32Array; clipped: Float32Array },
  isFlat: (frame: number) => boolean,
  run: Run,
  limits: Record<'ceilingFrames' | 'oneCeilingSpreadDb' | 'exactSamples' | 'mostFadeDb', number>,
): boolean {
  let [flat, samples, ends, fades] = [0, 0, 0, 0];
  let lowest = 0;
  const highest = maximumIn(peak, run);
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    if (!isFlat(frame)) continue;
    flat++;
    samples += clipped[frame] as number;
    lowest = Math.min(lowest, peak[frame] as number);
    if (isFlat(frame + 1)) continue;
    ends++;
    if (highest - (peak[frame + 1] as number) < limits.mostFadeDb) fades++;
  }
  return (
    flat >= limits.ceilingFrames &&
    samples >= limits.exactSamples &&
    highest - lowest <= limits.oneCeilingSpreadDb &&
    fades > 0.7 * ends
  );
}

/** Whether the flat tops of a run stand at one level, and nothing near the run is louder. */
function isCeiling(
  { peak, clipped }: { peak: Float32Array; clipped: Float32Array },
  isFlat: (frame: number) => boolean,
  run: Run,
  limits: Record<
    'ceilingFrames' | 'ceilingSpreadDb' | 'exactFrames' | 'exactSpreadDb' | 'exactSamples',
    number
  >,
): boolean {
  const ofRun = (column: Float32Array) =>
    column.subarray(run.startFrame, run.endFrame + 1).filter((_, at) => isFlat(run.startFrame + at));
  const peaks = ofRun(peak);
  const [low, high] = [quantileOf(peaks, 0.1), quantileOf(peaks, 0.9)];
  const isExact =
    peaks.length >= limits.exactFrames &&
    high - low <= limits.exactSpreadDb &&
    ofRun(clipped).reduce((sum, samples) => sum + samples, 0) >= limits.exactSamples;
  if (!isExact && peaks.length < limits.ceilingFrames) return false;
  if (high - low > limits.ceilingSpreadDb) return false;
  let louder = 0;
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    if ((peak[frame] as number) > high + limits.ceilingSpreadDb) louder++;
  }
  return louder <= 0.02 * lengthOf(run);
}
