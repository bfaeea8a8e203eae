import type { Check, Finding } from '../check.ts';
import { createGates } from '../gates.ts';
import { evidenceNumber, lengthInWords, lengthOf, type Run } from '../runs.ts';
import { framesIn } from '../series.ts';

/**
 * A file of ten bits (or more) with a picture of eight: a card, a driver or a corrector in the way is set to eight bits. Seen in the
 * codes that occur: the two lowest bits always alike, or a copy of the highest.
 */
export const eightInTen: Check<'share' | 'minimumFrames' | 'mostOther' | 'minimumSeconds'> = {
  id: 'eight-in-ten',
  medium: 'video',
  titleKey: 'qc.check.eightInTen.title',
  explanationKey: 'qc.check.eightInTen.explanation',
  needs: ['eightBitShare'],
  sees: ['eightBitShare'],
  evidence: ['frames', 'eightBitShare', 'judgedFrames', 'limitShare'],
  limits: {
    share: { value: 0.97, unit: 'share', source: 'Own: by chance it is a quarter at ten bits' },
    minimumFrames: { value: 5, unit: 'frames', source: 'Own: a picture or two can be a drawing' },
    mostOther: { value: 0.02, unit: 'share', source: 'Own: of the frames, so few may speak against it' },
    minimumSeconds: { value: 2, unit: 's', source: 'Own: where only a part of a file has eight bits' },
  },
  evaluate(series, limits): Finding[] {
    const { bars, black, flat } = createGates(series);
    const share = series.column('eightBitShare');
    // Bars and flat fields are specified in eight bits: they say nothing of the chain.
    const judged = share.map((value, frame) =>
      bars[frame] || black[frame] || flat[frame] ? Number.NaN : value,
    );
    const say = judged.filter((value) => !Number.isNaN(value));
    const eight = say.filter((value) => value >= limits.share).length;
    if (eight < limits.minimumFrames) return [];
    const isWhole = eight >= (1 - limits.mostOther) * say.length;
    const runs = isWhole
      ? [{ startFrame: 0, endFrame: series.frames - 1 }]
      : stretches(judged, limits.share).filter(
          (run) => lengthOf(run) >= framesIn(series, limits.minimumSeconds),
        );
    return runs.map((run) => {
      const within = judged
        .subarray(run.startFrame, run.endFrame + 1)
        .filter((value) => !Number.isNaN(value))
        .sort();
      return {
        ...run,
        severity: 'warn',
        confidence: within.length >= 25 ? 0.98 : 0.8,
        evidence: {
          frames: lengthOf(run),
          eightBitShare: evidenceNumber(within[within.length >> 1] as number),
          judgedFrames: within.length,
          limitShare: limits.share,
        },
        message: `${isWhole ? 'The picture' : `The picture of ${lengthInWords(run)}`} has eight bits in a file of ${series.bitDepth}: set the card and everything before it to ten bits, and play it again.`,
      };
    });
  },
};

/** Frames of eight bits in a row; frames that say nothing neither begin nor end a stretch. */
function stretches(share: Float32Array, limit: number): Run[] {
  const runs: Run[] = [];
  let isOpen = false;
  for (const [frame, value] of share.entries()) {
    if (Number.isNaN(value)) continue;
    if (value < limit) isOpen = false;
    else if (isOpen) (runs.at(-1) as Run).endFrame = frame;
    else {
      runs.push({ startFrame: frame, endFrame: frame });
      isOpen = true;
    }
  }
  return runs;
}
