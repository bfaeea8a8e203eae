import { channelPairsOf } from '../channel-pairs.ts';
import type { Check, Finding } from '../check.ts';
import { pairFigures } from '../pair-figures.ts';
import { hissDbfsOf } from '../programme-level.ts';
import { evidenceNumber, lengthOf } from '../runs.ts';
import { framesIn } from '../series.ts';
import { findStretches } from '../stretches.ts';

/**
 * Both channels of a pair hold the same, down to the tape's hiss: one track was taken twice, or a deck gave out its mono
 * on both sockets. A mono work that somebody recorded on two tracks is another thing: each track has a hiss of its own, so
 * what the channels do not share is as loud as hiss. Normal on decks with one track: a note, not a fault.
 */
export const dualMono: Check<
  'correlation' | 'residualDbfs' | 'belowHissDb' | 'windowSeconds' | 'minimumSeconds' | 'muteSeconds'
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
      const { correlation, residualDbfs, differenceDb, hasProgramme } = pairFigures(series, pair, reach);
      const hissDbfs = Math.max(hissDbfsOf(series, pair[0]), hissDbfsOf(series, pair[1]));
      const limitDbfs = Math.max(
        limits.residualDbfs,
        Number.isNaN(hissDbfs) ? limits.residualDbfs : hissDbfs - limits.belowHissDb,
      );
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
          if (residual > limitDbfs) return 'against';
          // Two channels that are both nearly silent have little to differ in.
          if (hasProgramme[frame] === 0) return 'mute';
          return (correlation[frame] as number) >= limits.correlation ? 'for' : 'against';
        },
        { leastFor, muteFrames: framesIn(series, limits.muteSeconds), againstFrames: 0 },
      );
      return stretches.map((stretch): Finding => {
        const run = { startFrame: stretch.startFrame, endFrame: stretch.endFrame };
        const middle = meanIn(residualDbfs, run);
        return {
          ...run,
          severity: 'info',
          confidence: middle < limitDbfs - 10 ? 0.97 : 0.85,
          channels: [...pair],
          evidence: {
            frames: lengthOf(run),
            residualDbfs: evidenceNumber(middle),
            differenceDb: evidenceNumber(meanIn(differenceDb, run)),
            limitResidualDbfs: evidenceNumber(limitDbfs),
          },
          message: `Channels ${pair[0]} and ${pair[1]} hold the same sound, hiss included: right for a mono track; otherwise check that the deck gives out both tracks.`,
        };
      });
    });
  },
};

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
