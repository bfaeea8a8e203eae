import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { evidenceNumber, findRuns, lengthOf, maximumIn } from '../runs.ts';
import { framesIn, judgedChannelsOf } from '../series.ts';

/**
 * The converter ran out of scale: the peak stands at full scale and the wave has a flat top there. The peak alone does
 * not tell, since a clean full-scale tone reaches it too; the flat top does.
 */
export const audioClipping: Check<'peakDbfs' | 'flatFactor' | 'bridgeSeconds' | 'failFrames'> = {
  id: 'audio-clipping',
  medium: 'audio',
  titleKey: 'qc.check.audioClipping.title',
  explanationKey: 'qc.check.audioClipping.explanation',
  needs: ['peakDbfs', 'flatFactor'],
  evidence: ['frames', 'clippedFrames', 'peakDbfs', 'flatFactor', 'limitDbfs'],
  limits: {
    peakDbfs: { value: -0.1, unit: 'dBFS', source: 'Between vrecord (-0.01) and AV Spex (-0.5)' },
    flatFactor: { value: 1, unit: 'factor', source: 'astats: 0 for a wave that only touches its peak' },
    bridgeSeconds: { value: 0.2, unit: 's', source: 'Own: peaks of one passage belong together' },
    failFrames: { value: 10, unit: 'frames', source: 'vrecord: more than 10 frames at full scale' },
  },
  evaluate(series, limits): Finding[] {
    return judgedChannelsOf(series).flatMap((channel) => {
      const peak = series.column(audioColumn('peakDbfs', channel));
      const flat = series.column(audioColumn('flatFactor', channel));
      const isClipped = (frame: number) =>
        (peak[frame] as number) >= limits.peakDbfs && (flat[frame] as number) >= limits.flatFactor;
      const runs = findRuns(series.frames, isClipped, {
        bridgeFrames: framesIn(series, limits.bridgeSeconds),
      });
      return runs.map((run): Finding => {
        let clippedFrames = 0;
        for (let frame = run.startFrame; frame <= run.endFrame; frame++)
          if (isClipped(frame)) clippedFrames++;
        return {
          ...run,
          severity: clippedFrames > limits.failFrames ? 'fail' : 'warn',
          confidence: 0.9,
          channels: [channel],
          evidence: {
            frames: lengthOf(run),
            clippedFrames,
            peakDbfs: evidenceNumber(maximumIn(peak, run)),
            flatFactor: evidenceNumber(maximumIn(flat, run)),
            limitDbfs: limits.peakDbfs,
          },
          message: `Channel ${channel} is clipped in ${clippedFrames} frames: turn the level down and play it again.`,
        };
      });
    });
  },
};
