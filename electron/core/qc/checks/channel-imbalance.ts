import { channelPairsOf } from '../channel-pairs.ts';
import type { Check, Finding } from '../check.ts';
import { levelTogetherness } from '../level-togetherness.ts';
import { pairFigures } from '../pair-figures.ts';
import { quantileOf } from '../quantile.ts';
import { evidenceNumber, lengthOf } from '../runs.ts';
import { framesIn } from '../series.ts';
import { findStretches } from '../stretches.ts';

/**
 * Both channels of a pair hold the same programme, one of them too low for long: they are alike as waves, or, where two microphones
 * stood apart, they rise and fall together. Channels with different content may have any levels; a small difference counts only where they are much alike, since panned instruments lean to a side as well.
 */
export const channelImbalance: Check<
  | 'differenceDb'
  | 'clearDifferenceDb'
  | 'correlation'
  | 'clearCorrelation'
  | 'togetherness'
  | 'spreadDb'
  | 'windowSeconds'
  | 'minimumSeconds'
  | 'muteSeconds'
> = {
  id: 'channel-imbalance',
  medium: 'audio',
  titleKey: 'qc.check.channelImbalance.title',
  explanationKey: 'qc.check.channelImbalance.explanation',
  needs: ['correlation', 'rmsDbfs'],
  sees: ['correlation'],
  compares: 'channels',
  evidence: ['frames', 'differenceDb', 'correlation', 'limitDifferenceDb'],
  limits: {
    differenceDb: { value: 3, unit: 'dB', source: 'AV Spex: from 3 dB moderate' },
    clearDifferenceDb: { value: 6, unit: 'dB', source: 'AV Spex: above 6 dB significant' },
    correlation: { value: 0.8, unit: 'factor', source: 'Own: below, stereo leans to a side by itself' },
    clearCorrelation: {
      value: 0.45,
      unit: 'factor',
      source: 'Own: below, the channels hold different things',
    },
    togetherness: {
      value: 0.95,
      unit: 'factor',
      source: 'Own: likeness of both levels over three seconds; two instruments keep other times',
    },
    spreadDb: { value: 5, unit: 'dB', source: 'Own: a setting stays; panning does not' },
    windowSeconds: { value: 1, unit: 's', source: 'Own: longer than a syllable; a panned voice shows' },
    minimumSeconds: { value: 4, unit: 's', source: 'Own: what lasts is a setting, what passes is a mix' },
    muteSeconds: { value: 10, unit: 's', source: 'Own: a pause does not end it' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const reach = Math.floor(framesIn(series, limits.windowSeconds) / 2);
    const leastFor = Math.min(framesIn(series, limits.minimumSeconds), Math.ceil(series.frames * 0.6));
    return channelPairsOf(series).flatMap((pair) => {
      const { correlation, differenceDb, hasProgramme } = pairFigures(series, pair, reach);
      const together = levelTogetherness(series, pair, 3 * reach);
      const isDead = new Uint8Array(series.frames);
      for (const run of [...(earlier.get('dead-channel') ?? []), ...(earlier.get('ltc-on-audio') ?? [])]) {
        if (run.channels?.some((channel) => pair.includes(channel)))
          isDead.fill(1, run.startFrame, run.endFrame + 1);
      }
      return [1, -1].flatMap((side) => {
        const stretches = findStretches(
          series.frames,
          (frame) => {
            const likeness = Math.abs(correlation[frame] as number);
            if (hasProgramme[frame] === 0 || Number.isNaN(likeness) || isDead[frame] === 1) return 'mute';
            const over = side * (differenceDb[frame] as number);
            if (over < limits.differenceDb / 2) return 'against';
            if (over < limits.differenceDb) return 'mute';
            if (over < limits.clearDifferenceDb) return likeness >= limits.correlation ? 'for' : 'mute';
            return likeness >= limits.clearCorrelation || (together[frame] as number) >= limits.togetherness
              ? 'for'
              : 'mute';
          },
          { leastFor, muteFrames: framesIn(series, limits.muteSeconds), againstFrames: reach },
        );
        const low = side > 0 ? pair[1] : pair[0];
        return stretches.flatMap((stretch): Finding[] => {
          const { startFrame, endFrame } = stretch;
          const differences = differenceDb
            .subarray(startFrame, endFrame + 1)
            .filter((_, at) => hasProgramme[startFrame + at] === 1 && isDead[startFrame + at] === 0);
          if (quantileOf(differences, 0.9) - quantileOf(differences, 0.1) > limits.spreadDb) return [];
          const difference = quantileOf(differences, 0.5) * side;
          return [
            {
              startFrame,
              endFrame,
              severity: 'warn',
              confidence: Math.min(0.95, 0.5 + difference / 20),
              channels: [low],
              evidence: {
                frames: lengthOf(stretch),
                differenceDb: evidenceNumber(difference),
                correlation: evidenceNumber(quantileOf(correlation.subarray(startFrame, endFrame + 1), 0.5)),
                limitDifferenceDb: limits.differenceDb,
              },
              message: `Channel ${low} is ${difference.toFixed(1)} dB lower than the other of its pair, with the same programme: check the level of the deck's output and of the input.`,
            },
          ];
        });
      });
    });
  },
};
