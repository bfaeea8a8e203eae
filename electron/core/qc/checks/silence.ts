import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { evidenceNumber, findRuns, lengthOf, maximumIn } from '../runs.ts';
import { framesIn, judgedChannelsOf } from '../series.ts';

/**
 * A channel without sound. Tape hiss rarely falls to -60 dBFS, so a channel below it was not connected, muted, or
 * never recorded. Each channel by itself: a fold-down would hide one dead channel of eight.
 */
export const silence: Check<'levelDbfs' | 'minimumSeconds' | 'bridgeSeconds'> = {
  id: 'silence',
  medium: 'audio',
  titleKey: 'qc.check.silence.title',
  explanationKey: 'qc.check.silence.explanation',
  needs: ['peakDbfs'],
  evidence: ['frames', 'peakDbfs', 'limitDbfs'],
  limits: {
    levelDbfs: { value: -60, unit: 'dBFS, peak', source: 'ffmpeg silencedetect: noise 0.001 (-60 dB)' },
    minimumSeconds: { value: 2, unit: 's', source: 'ffmpeg silencedetect: d = 2' },
    bridgeSeconds: {
      value: 0.08,
      unit: 's',
      source: 'Own: a click of up to two frames does not end a silence',
    },
  },
  evaluate(series, limits): Finding[] {
    return judgedChannelsOf(series).flatMap((channel) => {
      const peak = series.column(audioColumn('peakDbfs', channel));
      const runs = findRuns(series.frames, (frame) => (peak[frame] as number) < limits.levelDbfs, {
        minimumFrames: framesIn(series, limits.minimumSeconds),
        bridgeFrames: framesIn(series, limits.bridgeSeconds),
      });
      return runs.map((run): Finding => {
        const isWhole = lengthOf(run) >= series.frames - framesIn(series, limits.bridgeSeconds);
        return {
          ...run,
          severity: isWhole ? 'warn' : 'info',
          confidence: 0.9,
          channels: [channel],
          evidence: {
            frames: lengthOf(run),
            peakDbfs: evidenceNumber(maximumIn(peak, run)),
            limitDbfs: limits.levelDbfs,
          },
          message: isWhole
            ? `Channel ${channel} is silent from the first frame to the last: is it connected?`
            : `Channel ${channel} is silent for ${lengthOf(run)} frames.`,
        };
      });
    });
  },
};
