import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { evidenceNumber, findRuns, lengthOf } from '../runs.ts';
import { framesIn, judgedChannelsOf } from '../series.ts';

/**
 * Longitudinal time code on a sound channel, as a track of its own or leaking in under the programme: sync words were read from it, each 80
 * bits after another. Nothing else sounds like that, so a few words are proof; between them the programme was too loud.
 */
export const ltcOnAudio: Check<'leastWords' | 'bridgeSeconds'> = {
  id: 'ltc-on-audio',
  medium: 'audio',
  titleKey: 'qc.check.ltcOnAudio.title',
  explanationKey: 'qc.check.ltcOnAudio.explanation',
  needs: ['ltcWords'],
  sees: ['ltcWords'],
  evidence: ['frames', 'ltcWords', 'limitWords'],
  limits: {
    leastWords: { value: 5, unit: 'words', source: 'Own: loud music gives one such word in minutes at most' },
    bridgeSeconds: { value: 8, unit: 's', source: 'Own: loud sound hides time code and does not end it' },
  },
  evaluate(series, limits): Finding[] {
    return judgedChannelsOf(series).flatMap((channel) => {
      const words = series.column(audioColumn('ltcWords', channel));
      const runs = findRuns(series.frames, (frame) => (words[frame] as number) >= 1, {
        bridgeFrames: framesIn(series, limits.bridgeSeconds),
      });
      return runs.flatMap((run): Finding[] => {
        let count = 0;
        for (let frame = run.startFrame; frame <= run.endFrame; frame++) count += words[frame] || 0;
        if (count < limits.leastWords) return [];
        // A word counts only behind another, so the code began at least a frame and a part earlier.
        const startFrame = Math.max(0, run.startFrame - 2);
        const density = count / lengthOf(run);
        return [
          {
            startFrame,
            endFrame: run.endFrame,
            severity: 'warn',
            confidence: 0.98,
            channels: [channel],
            evidence: {
              frames: run.endFrame - startFrame + 1,
              ltcWords: evidenceNumber(count),
              limitWords: limits.leastWords,
            },
            message:
              density > 0.8
                ? `Channel ${channel} carries time code: keep it as a track of its own, and do not offer it as sound.`
                : `Time code leaks into channel ${channel}: check the cables beside the time code track and the deck's audio heads.`,
          },
        ];
      });
    });
  },
};
