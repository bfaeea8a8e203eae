import { countFrames, type FrameRange, mergeRanges } from './frame-ranges.ts';
import type { QcEvent } from './qc.ts';
import type { Rational } from './rational.ts';

/**
 * Which parts of a pass a person is to watch. `head-middle-tail`: 30 s of each, as New York Public Library looks at every
 * file. `random`: a tenth, to the frame, drawn anew for each pass and the same for whoever asks again. `risk`: around what the checks found,
 * the worst first, at most a tenth.
 */
export const samplingPlanIds = ['head-middle-tail', 'random', 'risk'] as const;
export type SamplingPlanId = (typeof samplingPlanIds)[number];

/** Seconds at the head, in the middle and at the tail (NYPL: 30 s of each). */
const stretchS = 30;
/** Own: advice for large collections is a manual sample of a tenth (meemoo). */
const sampledShare = 0.1;
/** Own: long enough to see how a picture moves, short enough to be spread. */
const pieceS = 10;
/** Own: of a short pass the tenth is three shorter pieces rather than one, while each is as long as this. */
const shortestPieceS = 1;
const fewestPieces = 3;
/** Own: before and behind an event, so that it is seen coming. */
const aroundS = 3;

/** What a pass is, as far as a plan needs it. */
export interface SampledPass {
  /** Its id draws the random share: the same pass is sampled the same way by everyone. */
  id: string;
  frames: number;
  video: { frameRate: Rational };
}

/** The parts of a pass to watch by a plan: in order, apart, within the pass. Frames count from 0. */
export function sampleOf(
  planId: SamplingPlanId,
  pass: SampledPass,
  events: readonly Pick<QcEvent, 'startFrame' | 'endFrame' | 'severity' | 'confidence'>[],
): FrameRange[] {
  if (pass.frames === 0) return [];
  if (planId === 'head-middle-tail') return headMiddleTail(pass);
  if (planId === 'random') return randomShare(pass);
  return byRisk(pass, events);
}

function headMiddleTail(pass: SampledPass): FrameRange[] {
  const length = framesOf(stretchS, pass);
  const middle = Math.floor((pass.frames - length) / 2);
  return within(pass, [
    { startFrame: 0, endFrame: length - 1 },
    { startFrame: middle, endFrame: middle + length - 1 },
    { startFrame: pass.frames - length, endFrame: pass.frames - 1 },
  ]);
}

/** The pass is cut into pieces; they are drawn until they make the share, and the last one drawn is cut to it. */
function randomShare(pass: SampledPass): FrameRange[] {
  const share = Math.max(1, Math.round(pass.frames * sampledShare));
  const spread = Math.max(1, Math.min(fewestPieces, Math.floor(share / framesOf(shortestPieceS, pass))));
  const piece = Math.ceil(share / Math.max(spread, Math.ceil(share / framesOf(pieceS, pass))));
  const pieces = Math.ceil(pass.frames / piece);
  const draw = randomFrom(pass.id);
  const order = Array.from({ length: pieces }, (_, index) => index);
  const drawn: FrameRange[] = [];
  // The first steps of a Fisher-Yates shuffle: each set of pieces is as likely as any other.
  for (let at = 0, missing = share; missing > 0; at++) {
    const other = at + Math.floor(draw() * (pieces - at));
    [order[at], order[other]] = [order[other] as number, order[at] as number];
    const startFrame = (order[at] as number) * piece;
    const length = Math.min(piece, missing, pass.frames - startFrame);
    drawn.push({ startFrame, endFrame: startFrame + length - 1 });
    missing -= length;
  }
  return within(pass, drawn);
}

/** Faults weigh more than warnings, and both by how sure the check is; a long one is looked at where it begins. */
function byRisk(pass: SampledPass, events: Parameters<typeof sampleOf>[2]): FrameRange[] {
  const around = framesOf(aroundS, pass);
  const most = Math.max(framesOf(stretchS, pass), Math.round(pass.frames * sampledShare));
  const weighed = events
    .filter(({ startFrame }) => startFrame < pass.frames)
    .toSorted((a, b) => weightOf(b) - weightOf(a) || a.startFrame - b.startFrame);
  let chosen: FrameRange[] = [];
  for (const { startFrame, endFrame } of weighed) {
    const seen = Math.min(endFrame, startFrame + framesOf(pieceS, pass));
    const wider = within(pass, [...chosen, { startFrame: startFrame - around, endFrame: seen + around }]);
    if (chosen.length > 0 && countFrames(wider) > most) break;
    chosen = wider;
  }
  return chosen;
}

function weightOf({ severity, confidence }: { severity: string; confidence: number }): number {
  return ({ fail: 4, warn: 2 }[severity] ?? 1) * confidence;
}

function framesOf(seconds: number, { video: { frameRate } }: SampledPass): number {
  return Math.max(1, Math.round((seconds * frameRate.num) / frameRate.den));
}

function within(pass: SampledPass, ranges: readonly FrameRange[]): FrameRange[] {
  return mergeRanges(
    ranges.map(({ startFrame, endFrame }) => ({
      startFrame: Math.max(0, startFrame),
      endFrame: Math.min(pass.frames - 1, endFrame),
    })),
  );
}

/** Numbers from 0 up to 1 that a text decides: FNV-1a over it, then xorshift32. Chance for samples, not for secrets. */
function randomFrom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193);
  // Xorshift stays at 0 for ever.
  state = state >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
