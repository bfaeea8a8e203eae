import type { Alignment } from '#shared/domain/alignment.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { ComparedFinding, PassComparison } from '#shared/domain/pass-comparison.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { matchFindings } from './match-findings.ts';
import { propose } from './propose.ts';
import { rateStretches } from './rate-stretches.ts';

/** Tape is judged in pieces of so many seconds: which pass is better there. */
const windowS = 10;

/** A pass with what was found on it. */
export interface JudgedPass {
  pass: Pick<Pass, 'id' | 'frames' | 'video' | 'chainName' | 'sourceId'>;
  events: readonly ShownEvent[];
}

/** Judges two passes of a tape against each other: what both have, what only one has, which is better where, and which to choose. */
export function comparePasses(alignment: Alignment, a: JudgedPass, b: JudgedPass): PassComparison {
  const isSameChain = a.pass.chainName === b.pass.chainName && a.pass.sourceId === b.pass.sourceId;
  const { findings, setAside } = matchFindings(alignment, a.events, b.events, isSameChain);
  const { num, den } = a.pass.video.frameRate;
  const framesPerSecond = num / den;
  const rated = rateStretches(alignment, findings, a.pass.frames, Math.round(windowS * framesPerSecond));
  const counts = countOrigins(findings);
  const [first, last] = [alignment.stretches[0], alignment.stretches.at(-1)];
  const headA = first?.startFrameA ?? 0;
  const headB = first ? first.startFrameA + first.offsetFrames : 0;
  const tailA = last ? a.pass.frames - last.startFrameA - last.frames : 0;
  const tailB = last ? b.pass.frames - last.startFrameA - last.frames - last.offsetFrames : 0;
  const shared = alignment.stretches.reduce((sum, { frames }) => sum + frames, 0);
  return {
    passIdA: a.pass.id,
    passIdB: b.pass.id,
    framesA: a.pass.frames,
    framesB: b.pass.frames,
    alignment,
    onlyIn: { a: Math.max(0, a.pass.frames - shared), b: Math.max(0, b.pass.frames - shared) },
    counts,
    findings,
    setAside,
    stretches: rated.stretches,
    proposal: propose(alignment, rated.weights, rated.damages, rated.stretches, {
      framesA: Math.max(0, headA - headB) + Math.max(0, tailA - tailB),
      framesB: Math.max(0, headB - headA) + Math.max(0, tailB - tailA),
      apartFrames: Math.min(headA, headB) + Math.max(0, Math.min(tailA, tailB)),
      sharedShare: shared / Math.max(1, Math.min(a.pass.frames, b.pass.frames)),
      framesPerSecond,
    }),
  };
}

function countOrigins(findings: readonly ComparedFinding[]): PassComparison['counts'] {
  const counts = { tape: 0, tapeOrChain: 0, playbackA: 0, playbackB: 0, unknown: 0 };
  for (const { origin, a } of findings) {
    if (origin === 'playback') counts[a ? 'playbackA' : 'playbackB']++;
    else counts[origin === 'tape-or-chain' ? 'tapeOrChain' : origin]++;
  }
  return counts;
}
