import { type ChannelFinding, mergeChannels } from '../channel-findings.ts';
import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { hissDbfsOf } from '../programme-level.ts';
import { countIn, evidenceNumber, findRuns, lengthInWords, lengthOf, maximumIn } from '../runs.ts';
import { framesIn, judgedChannelsOf } from '../series.ts';

/**
 * A channel without sound: below what a tape's hiss rarely falls to, or, where the hiss is louder, no more than this tape's own
 * hiss. Each channel by itself: a fold-down would hide one silent channel of eight. What is told as a dead channel is not told again.
 */
export const silence: Check<
  | 'levelDbfs'
  | 'overHissDb'
  | 'loudestHissDbfs'
  | 'minimumSeconds'
  | 'hissSeconds'
  | 'bridgeSeconds'
  | 'leastShare'
> = {
  id: 'silence',
  medium: 'audio',
  titleKey: 'qc.check.silence.title',
  explanationKey: 'qc.check.silence.explanation',
  needs: ['peakDbfs'],
  sees: ['peakDbfs'],
  evidence: ['frames', 'peakDbfs', 'limitDbfs'],
  limits: {
    levelDbfs: { value: -60, unit: 'dBFS, peak', source: 'ffmpeg silencedetect: noise 0.001 (-60 dB)' },
    overHissDb: {
      value: 2,
      unit: 'dB',
      source: 'Own: the level of steady noise over a picture wanders by less',
    },
    loudestHissDbfs: {
      value: -50,
      unit: 'dBFS',
      source: 'Own: above, a quiet room cannot be told from hiss',
    },
    minimumSeconds: { value: 2, unit: 's', source: 'ffmpeg silencedetect: d = 2' },
    hissSeconds: { value: 2.4, unit: 's', source: 'Own: speakers pause for two seconds' },
    bridgeSeconds: {
      value: 0.08,
      unit: 's',
      source: 'Own: a click of up to two frames does not end a silence',
    },
    leastShare: { value: 0.95, unit: 'share', source: 'Own: clicks that come again and again are sound' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const dead = earlier.get('dead-channel') ?? [];
    const found = judgedChannelsOf(series).flatMap((channel) => {
      const peak = series.column(audioColumn('peakDbfs', channel));
      const rms = series.column(audioColumn('rmsDbfs', channel));
      const hissDbfs = hissDbfsOf(series, channel);
      const hissLimit =
        hissDbfs <= limits.loudestHissDbfs ? hissDbfs + limits.overHissDb : Number.NEGATIVE_INFINITY;
      const isTold = new Uint8Array(series.frames);
      for (const run of dead)
        if (run.channels?.includes(channel)) isTold.fill(1, run.startFrame, run.endFrame + 1);
      const bridgeFrames = framesIn(series, limits.bridgeSeconds);
      const isNothing = (frame: number) => isTold[frame] === 0 && (peak[frame] as number) < limits.levelDbfs;
      const runsOf = (isSilent: (frame: number) => boolean, seconds: number) =>
        findRuns(series.frames, isSilent, {
          minimumFrames: framesIn(series, seconds),
          bridgeFrames,
        }).filter((run) => countIn(run, isSilent) >= limits.leastShare * lengthOf(run));
      const nothing = runsOf(isNothing, limits.minimumSeconds);
      const noMore = runsOf(
        (frame) => isNothing(frame) || (isTold[frame] === 0 && (rms[frame] as number) < hissLimit),
        limits.hissSeconds,
      ).filter(
        (run) => !nothing.some((one) => one.startFrame <= run.endFrame && one.endFrame >= run.startFrame),
      );
      const runs = [...nothing, ...noMore].sort((a, b) => a.startFrame - b.startFrame);
      return runs.map((run): ChannelFinding => {
        const isWhole = lengthOf(run) >= series.frames - framesIn(series, limits.bridgeSeconds);
        const peakDbfs = maximumIn(peak, run);
        return {
          ...run,
          severity: isWhole ? 'warn' : 'info',
          confidence: peakDbfs < limits.levelDbfs ? 0.9 : 0.7,
          channel,
          evidence: {
            frames: lengthOf(run),
            peakDbfs: evidenceNumber(peakDbfs),
            limitDbfs: limits.levelDbfs,
          },
          message: (channels) =>
            isWhole
              ? `Nothing is heard on ${channels} from the first frame to the last: is it connected?`
              : `Nothing is heard on ${channels} for ${lengthInWords(run)}.`,
        };
      });
    });
    return mergeChannels(found);
  },
};
