import { channelPairsOf } from '../channel-pairs.ts';
import type { Check, Finding } from '../check.ts';
import { levelTogetherness } from '../level-togetherness.ts';
import { audioColumn } from '../measures.ts';
import { pairFigures } from '../pair-figures.ts';
import { quantileOf } from '../quantile.ts';
import { countIn, evidenceNumber, lengthOf, overlaps, type Run } from '../runs.ts';
import { framesIn } from '../series.ts';
import { findStretches } from '../stretches.ts';

/**
 * Both channels of a pair hold the same programme, one of them too low for long: they are alike as waves, or, where two microphones
 * stood apart, they rise and fall together. A small difference counts only where they are much alike, since panned instruments lean to a
 * side as well; where it is only the levels that are alike it is worth a note, since somebody may have stood nearer to one microphone. Channels with different content may have any levels, so that one which is always far lower is worth a note, and no more.
 */
export const channelImbalance: Check<
  | 'differenceDb'
  | 'clearDifferenceDb'
  | 'correlation'
  | 'clearCorrelation'
  | 'togetherness'
  | 'closeTogetherness'
  | 'spreadDb'
  | 'constantSeconds'
  | 'constantDb'
  | 'swingDb'
  | 'windowSeconds'
  | 'minimumSeconds'
  | 'unlikeSeconds'
  | 'unlikeShare'
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
    closeTogetherness: {
      value: 0.98,
      unit: 'factor',
      source: 'Own: the same for a small difference: one source, and nothing beside it',
    },
    spreadDb: { value: 5, unit: 'dB', source: 'Own: a setting stays; panning does not' },
    constantSeconds: {
      value: 8,
      unit: 's',
      source: 'Own: of stereo that leans to one side by the same all along, whoever is heard in it',
    },
    constantDb: { value: 0.8, unit: 'dB', source: 'Own: of such a difference, window by window' },
    swingDb: { value: 3, unit: 'dB', source: 'Own: by so much its sound rises and falls meanwhile' },
    windowSeconds: { value: 1, unit: 's', source: 'Own: longer than a syllable; a panned voice shows' },
    minimumSeconds: { value: 4, unit: 's', source: 'Own: what lasts is a setting, what passes is a mix' },
    unlikeSeconds: {
      value: 10,
      unit: 's',
      source: 'Own: two sounds that have nothing to do with each other take turns within it',
    },
    unlikeShare: {
      value: 0.9,
      unit: 'share',
      source: 'Own: of the windows that hold sound, all on one side',
    },
    muteSeconds: { value: 10, unit: 's', source: 'Own: a pause does not end it' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const reach = Math.floor(framesIn(series, limits.windowSeconds) / 2);
    // Windows that lie wholly in what lasts so long.
    const leastFor = Math.min(
      framesIn(series, limits.minimumSeconds) - 2 * reach,
      Math.ceil(series.frames * 0.6),
    );
    return channelPairsOf(series).flatMap((pair) => {
      const { correlation, differenceDb, hasProgramme } = pairFigures(series, pair, reach);
      const together = levelTogetherness(series, pair, 3 * reach);
      const isDead = new Uint8Array(series.frames);
      for (const run of [...(earlier.get('dead-channel') ?? []), ...(earlier.get('ltc-on-audio') ?? [])]) {
        if (run.channels?.some((channel) => pair.includes(channel)))
          isDead.fill(1, run.startFrame, run.endFrame + 1);
      }
      const sides = [1, -1] as const;
      const mostMute = framesIn(series, limits.muteSeconds);
      const isHeard = (frame: number) =>
        hasProgramme[frame] === 1 && !Number.isNaN(correlation[frame] as number) && isDead[frame] === 0;
      const heardIn = ({ startFrame, endFrame }: Run) =>
        differenceDb.subarray(startFrame, endFrame + 1).filter((_, at) => isHeard(startFrame + at));
      const swingOf = (run: Run) =>
        Math.min(
          ...pair.map((channel) =>
            spreadOf(
              series.column(audioColumn('rmsDbfs', channel)).subarray(run.startFrame, run.endFrame + 1),
            ),
          ),
        );
      const find = (side: 1 | -1, run: Run, isUnlike: boolean): Finding | undefined => {
        const { startFrame, endFrame } = run;
        // A window sees an end of it from as far as it reaches.
        const inside = {
          startFrame: startFrame === 0 ? 0 : startFrame + reach,
          endFrame: endFrame === series.frames - 1 ? endFrame : endFrame - reach,
        };
        const differences = heardIn(inside);
        const [low, high] = [quantileOf(differences, 0.1), quantileOf(differences, 0.9)];
        if (!isUnlike && high - low > limits.spreadDb) return undefined;
        const difference = quantileOf(differences, 0.5) * side;
        const channel = side > 0 ? pair[1] : pair[0];
        const likeness = quantileOf(correlation.subarray(startFrame, endFrame + 1), 0.5);
        // Who stands nearer to one of two microphones makes a small difference as well, and their waves are not alike.
        const isDoubtful =
          isUnlike || (difference < limits.clearDifferenceDb && Math.abs(likeness) < limits.correlation);
        return {
          startFrame,
          endFrame,
          severity: isDoubtful ? 'info' : 'warn',
          confidence: isDoubtful ? 0.6 : Math.min(0.95, 0.5 + difference / 20),
          channels: [channel],
          evidence: {
            frames: lengthOf(run),
            differenceDb: evidenceNumber(difference),
            correlation: evidenceNumber(likeness),
            limitDifferenceDb: isUnlike ? limits.clearDifferenceDb : limits.differenceDb,
          },
          message: `Channel ${channel} is ${difference.toFixed(1)} dB lower than the other of its pair, with ${
            isUnlike
              ? 'other sound, all along: right if two things were recorded; otherwise'
              : 'the same programme:'
          } check the level of the deck's output and of the input.`,
        };
      };
      // Stereo whose waves are half alike: a side that is as much lower at every moment is set so, since nothing that is heard stays where it is.
      const leaning = () =>
        sides.flatMap((side) =>
          findStretches(
            series.frames,
            (frame) => {
              if (!isHeard(frame)) return 'mute';
              const over = side * (differenceDb[frame] as number);
              if (over < limits.differenceDb) return 'against';
              return Math.abs(correlation[frame] as number) >= limits.clearCorrelation ? 'for' : 'mute';
            },
            {
              leastFor: framesIn(series, limits.constantSeconds),
              muteFrames: mostMute,
              againstFrames: reach,
            },
          )
            .filter((run) => swingOf(run) >= limits.swingDb && spreadOf(heardIn(run)) <= limits.constantDb)
            .flatMap((run) => find(side, run, false) ?? []),
        );
      const ofSource = sides.flatMap((side) =>
        findStretches(
          series.frames,
          (frame) => {
            const likeness = Math.abs(correlation[frame] as number);
            const over = side * (differenceDb[frame] as number);
            if (!isHeard(frame)) {
              // A side that fell holds its programme at what was the level of its pauses before. Two hisses are not alike.
              const isAlike = likeness >= limits.clearCorrelation && over >= limits.clearDifferenceDb;
              return isAlike && isDead[frame] === 0 ? 'for' : 'mute';
            }
            if (over < limits.differenceDb / 2) return 'against';
            if (over < limits.differenceDb) return 'mute';
            if (over < limits.clearDifferenceDb)
              return likeness >= limits.correlation || (together[frame] as number) >= limits.closeTogetherness
                ? 'for'
                : 'mute';
            return likeness >= limits.clearCorrelation || (together[frame] as number) >= limits.togetherness
              ? 'for'
              : 'mute';
          },
          { leastFor, muteFrames: mostMute, againstFrames: reach },
        ).flatMap((stretch) => find(side, stretch, false) ?? []),
      );
      const alike = [
        ...ofSource,
        ...leaning().filter((one) => ofSource.every((other) => !overlaps(one, other))),
      ];
      const unlike = sides.flatMap((side) =>
        findStretches(
          series.frames,
          (frame) => {
            if (!isHeard(frame)) return 'mute';
            const over = side * (differenceDb[frame] as number);
            if (over < limits.differenceDb / 2) return 'against';
            return over >= limits.clearDifferenceDb ? 'for' : 'mute';
          },
          {
            leastFor: Math.min(framesIn(series, limits.unlikeSeconds), Math.ceil(series.frames * 0.6)),
            muteFrames: mostMute,
            againstFrames: reach,
          },
        )
          .filter(
            (stretch) =>
              stretch.framesFor >= limits.unlikeShare * countIn(stretch, isHeard) &&
              alike.every((one) => !overlaps(one, stretch)),
          )
          .flatMap((stretch) => find(side, stretch, true) ?? []),
      );
      return [...alike, ...unlike];
    });
  },
};

/** From the 10th to the 90th percentile. */
function spreadOf(values: Float32Array | Float64Array): number {
  return quantileOf(values, 0.9) - quantileOf(values, 0.1);
}
