import type { Alignment } from '#shared/domain/alignment.ts';
import type { ComparedStretch, PassProposal, PassSide } from '#shared/domain/pass-comparison.ts';
import { betterOf, type Weights } from './rate-stretches.ts';

/** An alignment that is less sure than this is nothing to choose by, but for one that a person answers for. */
const leastConfidence = 0.5;
/** Where less of the shorter pass lies on the other, most of what was found in the rest cannot be told; by hand as well. */
const leastShare = 0.75;
/** Seconds at head or tail that only one pass has, or that both have and nothing lays on each other, from which on they are told. */
const leastEndsS = 1;

/** Frames at head and tail that one pass has more than the other, and those that both have without a proof which belongs to which. */
interface Ends {
  framesA: number;
  framesB: number;
  apartFrames: number;
  /** Of the shorter pass: 0 to 1 of it lies on the other. */
  sharedShare: number;
  framesPerSecond: number;
}

/**
 * Proposes which pass to choose, and says why; a person does it. Frames that only one has at head or tail speak for it, damage that
 * only one has against it.
 */
export function propose(
  alignment: Alignment,
  { a, b }: Weights,
  damages: Record<PassSide, number>,
  stretches: readonly ComparedStretch[],
  ends: Ends,
): PassProposal {
  const isUnsure = !alignment.isByHand && alignment.confidence < leastConfidence;
  if (alignment.stretches.length === 0 || isUnsure) {
    const confidence = Math.round(100 * alignment.confidence);
    return { choose: 'unknown', reasons: [{ key: 'notAligned', values: { confidence } }] };
  }
  if (ends.sharedShare < leastShare) {
    const percent = Math.round(100 * ends.sharedShare);
    return { choose: 'unknown', reasons: [{ key: 'littleAligned', values: { percent } }] };
  }
  const better = betterOf({ a, b });
  const choose = better === 'neither' ? 'either' : better;
  const reasons: PassProposal['reasons'] = [
    {
      key: choose === 'either' ? 'alike' : 'lessDamage',
      values: damages,
    },
  ];
  for (const side of ['a', 'b'] as const) {
    const seconds = (side === 'a' ? ends.framesA : ends.framesB) / ends.framesPerSecond;
    if (seconds < leastEndsS) continue;
    reasons.push({ key: 'longer', values: { side: side.toUpperCase(), seconds: Math.round(seconds) } });
  }
  const apartS = ends.apartFrames / ends.framesPerSecond;
  if (apartS >= leastEndsS) reasons.push({ key: 'apart', values: { seconds: Math.round(apartS) } });
  const otherwise = stretches.filter((stretch) => stretch.better !== 'neither' && stretch.better !== better);
  if (choose !== 'either' && otherwise.length > 0) {
    const side = (choose === 'a' ? 'b' : 'a').toUpperCase();
    reasons.push({ key: 'otherBetterAt', values: { side, stretches: otherwise.length } });
  }
  return { choose, reasons };
}
