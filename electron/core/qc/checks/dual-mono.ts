import { channelPairsOf } from '../channel-pairs.ts';
import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { pairFigures } from '../pair-figures.ts';
import { hissDbfsOf } from '../programme-level.ts';
import { quantileOf } from '../quantile.ts';
import { evidenceNumber, lengthOf, type Run } from '../runs.ts';
import { framesIn, type Series } from '../series.ts';
import { findStretches } from '../stretches.ts';

/**
 * Both channels of a pair hold the same: one track was taken twice, or a deck gave out its mono on both sockets; then they share the
 * tape's hiss. Or somebody recorded mono on two tracks, each of which has a hiss of its own: what they do not share is far below the sound, and
 * keeps its level however the sound rises and falls, as no difference of stereo does. Normal on decks with one track: a note, not a fault.
 */
export const dualMono: Check<
  | 'correlation'
  | 'hissCorrelation'
  | 'residualDbfs'
  | 'belowHissDb'
  | 'steadyDb'
  | 'pictureSpreadDb'
  | 'levelMatchDb'
  | 'windowSeconds'
  | 'minimumSeconds'
  | 'muteSeconds'
> = {
  id: 'dual-mono',
  medium: 'audio',
  titleKey: 'qc.check.dualMono.title',
  explanationKey: 'qc.check.dualMono.explanation',
  needs: ['correlation', 'rmsDbfs'],
  sees: ['correlation'],
  compares: 'channels',
  evidence: ['frames', 'residualDbfs', 'differenceDb', 'limitResidualDbfs'],
  limits: {
    correlation: { value: 0.9995, unit: 'factor', source: 'AV Spex: a residual 30 dB below the sound' },
    residualDbfs: { value: -72, unit: 'dBFS', source: 'Own: no analogue sound track is this quiet' },
    belowHissDb: {
      value: 8,
      unit: 'dB',
      source: 'Own: two tracks of one tape cannot share most of their hiss',
    },
    hissCorrelation: {
      value: 0.995,
      unit: 'factor',
      source: 'Own: the sound 20 dB above the hiss of its tracks; more of it does not show on a linear track',
    },
    steadyDb: {
      value: 1,
      unit: 'dB',
      source:
        'Own: by so much the level of hiss wanders over a second; what two microphones hear differently follows the sound',
    },
    pictureSpreadDb: {
      value: 2,
      unit: 'dB',
      source:
        'Own: from the 10th to the 90th hundredth of the pictures, of hiss by itself; what is struck, and stands a little to one side, comes and goes within a second',
    },
    levelMatchDb: {
      value: 2.5,
      unit: 'dB',
      source:
        'Own: AV Spex asks for 0.1 dB; two tracks of a deck are lined up to one or two, and from 3 dB on channel-imbalance tells',
    },
    windowSeconds: { value: 1, unit: 's', source: 'Own: longer than a syllable, shorter than a shot' },
    minimumSeconds: { value: 5, unit: 's', source: 'AV Spex: runs from 5 s on' },
    muteSeconds: { value: 10, unit: 's', source: 'Own: a digital silence does not end it' },
  },
  evaluate(series, limits, earlier): Finding[] {
    // A line-up tone is the same on both by intent, and louder than any hiss.
    const tones = earlier.get('reference-tone') ?? [];
    const reach = Math.floor(framesIn(series, limits.windowSeconds) / 2);
    const leastFor = Math.min(framesIn(series, limits.minimumSeconds), Math.ceil(series.frames * 0.9));
    return channelPairsOf(series).flatMap((pair) => {
      const { correlation, residualDbfs, apartDbfs, differenceDb, hasProgramme } = pairFigures(
        series,
        pair,
        reach,
      );
      const hissDbfs = Math.max(hissDbfsOf(series, pair[0]), hissDbfsOf(series, pair[1]));
      const limitDbfs = Math.max(
        limits.residualDbfs,
        Number.isNaN(hissDbfs) ? limits.residualDbfs : hissDbfs - limits.belowHissDb,
      );
      const hissLeftDbfs = steadyLevelOf(apartDbfs, hasProgramme);
      const isTone = new Uint8Array(series.frames);
      for (const { channels, startFrame, endFrame } of tones) {
        if (pair.some((channel) => channels?.includes(channel)))
          isTone.fill(1, Math.max(0, startFrame - reach), endFrame + 1 + reach);
      }
      const stretches = findStretches(
        series.frames,
        (frame) => {
          if (isTone[frame] === 1) return 'mute';
          const residual = residualDbfs[frame] as number;
          if (Number.isNaN(correlation[frame] as number) || Number.isNaN(residual)) return 'mute';
          const isHiss = residual > limitDbfs;
          const apart = apartDbfs[frame] as number;
          if (isHiss && !(apart <= hissLeftDbfs + 2 * limits.steadyDb)) return 'against';
          // Two channels that are both nearly silent have little to differ in.
          if (hasProgramme[frame] === 0) return 'mute';
          const likeness = correlation[frame] as number;
          if (!isHiss) return likeness >= limits.correlation ? 'for' : 'against';
          return likeness >= limits.hissCorrelation &&
            apart <= hissLeftDbfs + limits.steadyDb &&
            Math.abs(differenceDb[frame] as number) <= limits.levelMatchDb
            ? 'for'
            : 'mute';
        },
        { leastFor, muteFrames: framesIn(series, limits.muteSeconds), againstFrames: 0 },
      );
      return stretches.flatMap((stretch): Finding[] => {
        const run = { startFrame: stretch.startFrame, endFrame: stretch.endFrame };
        const middle = meanIn(residualDbfs, run);
        const isShared = middle <= limitDbfs;
        const isHeard = (_: number, at: number) => hasProgramme[run.startFrame + at] === 1;
        const difference = quantileOf(
          differenceDb.subarray(run.startFrame, run.endFrame + 1).filter(isHeard),
          0.5,
        );
        if (!isShared && pictureSpreadOf(series, pair, run, difference) > limits.pictureSpreadDb) return [];
        return [
          {
            ...run,
            severity: 'info',
            confidence: middle < limitDbfs - 10 ? 0.97 : isShared ? 0.85 : 0.75,
            channels: [...pair],
            evidence: {
              frames: lengthOf(run),
              residualDbfs: evidenceNumber(middle),
              differenceDb: evidenceNumber(meanIn(differenceDb, run)),
              limitResidualDbfs: evidenceNumber(limitDbfs),
            },
            message: `Channels ${pair[0]} and ${pair[1]} hold the same sound, ${
              isShared
                ? 'hiss included: right for a mono track'
                : 'each with a hiss of its own: right for a mono work on two tracks'
            }; otherwise check that the deck gives out both tracks.`,
          },
        ];
      });
    });
  },
};

/** Own: no tape hisses louder. */
const loudestHissDbfs = -40;

/** The level below which what two channels do not share seldom falls while there is sound: their hiss, if they share the rest. NaN where it is louder than any. */
function steadyLevelOf(apartDbfs: Float64Array, hasProgramme: Uint8Array): number {
  const heard = apartDbfs.filter((level, frame) => Number.isFinite(level) && hasProgramme[frame] === 1);
  const level = quantileOf(heard, 0.2);
  return level <= loudestHissDbfs ? level : Number.NaN;
}

/** How much the level of what two channels do not share differs from picture to picture, dB: from the 10th to the 90th hundredth. */
function pictureSpreadOf(
  series: Series,
  [first, second]: readonly [number, number],
  { startFrame, endFrame }: Run,
  differenceDb: number,
): number {
  const [one, other] = [first, second].map((channel) => series.column(audioColumn('rmsDbfs', channel))) as [
    Float32Array,
    Float32Array,
  ];
  const correlation = series.column(audioColumn('correlation', first));
  const apart = new Float32Array(endFrame - startFrame + 1);
  for (let frame = startFrame; frame <= endFrame; frame++) {
    const matched = 10 ** (((one[frame] as number) - differenceDb) / 20);
    const held = 10 ** ((other[frame] as number) / 20);
    const power = (held - matched) ** 2 + 2 * (1 - (correlation[frame] as number)) * held * matched;
    apart[frame - startFrame] = 10 * Math.log10(power);
  }
  return quantileOf(apart, 0.9) - quantileOf(apart, 0.1);
}

/** -Infinity where all of it is: the channels are alike to the last bit. */
function meanIn(values: Float64Array, run: { startFrame: number; endFrame: number }): number {
  let sum = 0;
  let count = 0;
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    if (!Number.isFinite(values[frame] as number)) continue;
    sum += values[frame] as number;
    count++;
  }
  return count === 0 ? Number.NEGATIVE_INFINITY : sum / count;
}
