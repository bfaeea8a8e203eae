import { channelPairsOf } from '../channel-pairs.ts';
import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { createMovingMean } from '../moving-mean.ts';
import { movingMinimum } from '../moving-minimum.ts';
import { evidenceNumber, lengthInWords, lengthOf, overlaps } from '../runs.ts';
import { framesIn, type Series } from '../series.ts';
import { findStretches, type Testimony } from '../stretches.ts';

/**
 * One channel of a pair holds nothing but noise, at most, while the other carries programme, throughout or for long: a cable,
 * a wrong socket, a track that was never recorded. Noise of a dead channel keeps its level whatever the partner does.
 */
export const deadChannel: Check<
  | 'deadDbfs'
  | 'hissDbfs'
  | 'belowPartnerDb'
  | 'partnerDbfs'
  | 'windowSeconds'
  | 'minimumSeconds'
  | 'quietSeconds'
  | 'steadySeconds'
  | 'steadyDb'
  | 'muteSeconds'
> = {
  id: 'dead-channel',
  medium: 'audio',
  titleKey: 'qc.check.deadChannel.title',
  explanationKey: 'qc.check.deadChannel.explanation',
  needs: ['rmsDbfs', 'correlation'],
  sees: ['rmsDbfs'],
  compares: 'channels',
  evidence: ['frames', 'rmsDbfs', 'partnerDbfs', 'limitDbfs'],
  limits: {
    deadDbfs: {
      value: -65,
      unit: 'dBFS',
      source: 'Own: below the hiss of sound tracks; audio QC proposals say -70',
    },
    hissDbfs: {
      value: -45,
      unit: 'dBFS',
      source: 'Own: the loudest hiss of a tape, worn out and without programme',
    },
    belowPartnerDb: {
      value: 18,
      unit: 'dB',
      source: "Own: what steady noise may have at most of its partner's programme",
    },
    partnerDbfs: {
      value: -50,
      unit: 'dBFS',
      source: 'Own: below it the other channel may be pausing itself',
    },
    windowSeconds: { value: 1, unit: 's', source: 'Own: longer than a syllable' },
    minimumSeconds: { value: 5, unit: 's', source: 'Own: shorter is a silence of one side' },
    quietSeconds: {
      value: 2.8,
      unit: 's',
      source:
        'Own: of windows below all hiss, with no track behind them: four seconds of a cable that is out',
    },
    steadySeconds: {
      value: 3.5,
      unit: 's',
      source: 'Own: the same of hiss that keeps one level, as no room does in which somebody is silent',
    },
    steadyDb: {
      value: 1.2,
      unit: 'dB',
      source: 'Own: the loudest picture of such hiss in a window, above the mean',
    },
    muteSeconds: { value: 30, unit: 's', source: 'Own: while both are silent nothing can be told' },
  },
  evaluate(series, limits): Finding[] {
    const reach = Math.floor(framesIn(series, limits.windowSeconds) / 2);
    const leastIn = (seconds: number) => Math.min(framesIn(series, seconds), Math.ceil(series.frames * 0.6));
    return channelPairsOf(series).flatMap(([first, second]) => {
      const levels = [levelsAround(series, first, reach), levelsAround(series, second, reach)] as const;
      return [
        { channel: first, partner: second, own: levels[0], other: levels[1] },
        { channel: second, partner: first, own: levels[1], other: levels[0] },
      ].flatMap(({ channel, partner, own, other }) => {
        const isQuietAt = (frame: number) =>
          (own.mean[frame] as number) <= limits.deadDbfs &&
          (own.peak[frame] as number) <= limits.deadDbfs + 6;
        const testify =
          (isHissHeard: boolean, aboveDb: number) =>
          (frame: number): Testimony => {
            const level = own.mean[frame] as number;
            const partnerLevel = other.mean[frame] as number;
            if (Number.isNaN(level) || Number.isNaN(partnerLevel)) return 'mute';
            const isQuiet = isQuietAt(frame);
            const isNoise =
              isHissHeard && level <= limits.hissDbfs && (own.peak[frame] as number) <= level + aboveDb;
            if (!isQuiet && !isNoise) return 'against';
            // Hiss under a partner that is hardly louder may be a pause of both.
            if (!isQuiet && partnerLevel - level < limits.belowPartnerDb) return 'mute';
            return partnerLevel >= limits.partnerDbfs ? 'for' : 'mute';
          };
        const muteFrames = framesIn(series, limits.muteSeconds);
        const find = (isHissHeard: boolean, seconds: number, aboveDb = mostWaverDb) =>
          findStretches(series.frames, testify(isHissHeard, aboveDb), {
            leastFor: leastIn(seconds),
            muteFrames,
            againstFrames: 2,
          });
        const stretches = find(true, limits.minimumSeconds);
        for (const more of [
          find(true, limits.steadySeconds, limits.steadyDb),
          find(false, limits.quietSeconds),
        ])
          stretches.push(...more.filter((run) => !stretches.some((one) => overlaps(one, run))));
        stretches.sort((a, b) => a.startFrame - b.startFrame);
        return stretches.map((stretch): Finding => {
          const { startFrame, endFrame } = stretch;
          const level = maximumOf(own.mean, startFrame, endFrame);
          const isWhole = lengthOf(stretch) >= 0.9 * series.frames;
          return {
            startFrame,
            endFrame,
            severity: isWhole ? 'fail' : 'warn',
            confidence: level <= limits.deadDbfs ? 0.95 : 0.8,
            channels: [channel],
            evidence: {
              frames: lengthOf(stretch),
              rmsDbfs: evidenceNumber(level),
              partnerDbfs: evidenceNumber(maximumOf(other.mean, startFrame, endFrame)),
              limitDbfs: limits.deadDbfs,
            },
            message: `Channel ${channel} holds no programme ${isWhole ? 'on the whole tape' : `for ${lengthInWords(stretch)}`} while channel ${partner} does: check cable and socket, and whether the track was recorded.`,
          };
        });
      });
    });
  },
};

/** Own: noise of any kind that keeps its level. */
const mostWaverDb = 6;

/** Level of a window around each frame (mean of the powers), and the loudest picture in it. dBFS; -Infinity for digital silence. */
function levelsAround(
  series: Series,
  channel: number,
  reach: number,
): { mean: Float64Array; peak: Float32Array } {
  const rms = series.column(audioColumn('rmsDbfs', channel));
  const power = createMovingMean(series.frames, reach, (frame) => 10 ** ((rms[frame] as number) / 10));
  // The loudest of the frames that end with a frame is that of the window in whose middle another frame stands.
  const quietest = movingMinimum(
    rms.map((level) => -level),
    2 * reach + 1,
  );
  const [mean, peak] = [new Float64Array(series.frames), new Float32Array(series.frames)];
  for (let frame = 0; frame < series.frames; frame++) {
    mean[frame] = 10 * Math.log10(power(frame));
    peak[frame] = -(quietest[Math.min(series.frames - 1, frame + reach)] as number);
  }
  return { mean, peak };
}

function maximumOf(values: Float64Array, from: number, to: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let frame = from; frame <= to; frame++)
    if ((values[frame] as number) > most) most = values[frame] as number;
  return most;
}
