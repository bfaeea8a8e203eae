import type { AlignedStretch } from '#shared/domain/alignment.ts';
import type { Likeness } from './likeness.ts';

/**
 * A stretch must be likelier than its neighbours going on: by so much, and by so many deviations of chance. By more where it goes and
 * comes back to the very same offset: two faults that undo each other are rare.
 */
const [leastGain, leastDeviations] = [14, 4.5];
const [leastGainOfReturn, leastGainOfEachFrame] = [40, 1.5];

/**
 * Makes of a likely path one that can be: no frame of B twice, no stretch that is only chance. Where a still picture or silence
 * leaves it open, the neighbouring stretch goes on.
 */
export function untangle(
  path: readonly AlignedStretch[],
  likeness: Likeness,
  framesB: number,
): AlignedStretch[] {
  let stretches = path.map((stretch) => ({ ...stretch }));
  for (let before = -1; before !== stretches.length; ) {
    before = stretches.length;
    stretches = joined(withoutChance(stretches, likeness, framesB));
  }
  const ordered: AlignedStretch[] = [];
  for (const stretch of stretches) {
    for (let last = ordered.at(-1); last && stretch.frames > 0; last = ordered.at(-1)) {
      const overlap = endOf(last) + last.offsetFrames - (stretch.startFrameA + stretch.offsetFrames);
      if (overlap <= 0) break;
      part(last, stretch, overlap, likeness);
      if (last.frames > 0) break;
      ordered.pop();
    }
    if (stretch.frames > 0) ordered.push(stretch);
  }
  return ordered;
}

/** Takes out the stretch that its neighbours explain about as well, the shortest first, one at a time. */
function withoutChance(stretches: AlignedStretch[], likeness: Likeness, framesB: number): AlignedStretch[] {
  const order = stretches.map((_, at) => at).sort((one, other) => framesAt(one) - framesAt(other));
  function framesAt(at: number): number {
    return stretches[at]?.frames ?? 0;
  }
  for (const at of order) {
    const one = stretches[at] as AlignedStretch;
    const before = stretches[at - 1];
    const after = stretches[at + 1];
    const left = before && endOf(before) === one.startFrameA ? before.offsetFrames : undefined;
    const right = after?.startFrameA === endOf(one) ? after.offsetFrames : undefined;
    if (left === undefined && right === undefined) continue;
    const found = bestSplit(one, left ?? right ?? 0, right ?? left ?? 0, likeness, framesB);
    const least = left === right ? leastGainOfReturn + leastGainOfEachFrame * one.frames : leastGain;
    if (found.gain >= least && found.gain >= leastDeviations * found.deviation) continue;
    const cut = found.split - one.startFrameA;
    return stretches.toSpliced(
      at,
      1,
      { startFrameA: one.startFrameA, frames: cut, offsetFrames: left ?? right ?? 0 },
      { startFrameA: found.split, frames: one.frames - cut, offsetFrames: right ?? left ?? 0 },
    );
  }
  return stretches;
}

/**
 * What a stretch gains over its neighbours, the left one going on until the split and the right one from there, and how far
 * chance alone would carry that gain.
 */
function bestSplit(
  { startFrameA, frames, offsetFrames }: AlignedStretch,
  left: number,
  right: number,
  likeness: Likeness,
  framesB: number,
): { split: number; gain: number; deviation: number } {
  const of = (frame: number, offset: number) =>
    frame + offset < 0 || frame + offset >= framesB ? -100 : likeness.of(frame, frame + offset);
  let [gain, squares] = [0, 0];
  for (let frame = startFrameA; frame < startFrameA + frames; frame++) {
    gain += of(frame, offsetFrames) - of(frame, right);
    squares += (of(frame, offsetFrames) - of(frame, right)) ** 2;
  }
  let best = { split: startFrameA, gain, deviation: Math.sqrt(squares) };
  for (let frame = startFrameA; frame < startFrameA + frames; frame++) {
    const [own, toLeft, toRight] = [of(frame, offsetFrames), of(frame, left), of(frame, right)];
    gain += toRight - toLeft;
    squares += (own - toLeft) ** 2 - (own - toRight) ** 2;
    if (gain < best.gain) best = { split: frame + 1, gain, deviation: Math.sqrt(Math.max(0, squares)) };
  }
  return best;
}

/**
 * Two stretches that would use the same frames of B: so many of A between them belong to neither. Each gives up those that
 * leave the whole likeliest.
 */
function part(before: AlignedStretch, after: AlignedStretch, overlap: number, likeness: Likeness): void {
  const tail = lossOf(before, overlap, likeness, (at) => endOf(before) - 1 - at);
  const head = lossOf(after, overlap, likeness, (at) => after.startFrameA + at);
  let given = 0;
  for (let at = 1; at <= overlap; at++) {
    const loss = (tail[at] as number) + (head[overlap - at] as number);
    if (loss < (tail[given] as number) + (head[overlap - given] as number)) given = at;
  }
  before.frames -= given;
  after.startFrameA += overlap - given;
  after.frames -= overlap - given;
}

/** What is lost by giving up the first 0, 1, 2 … frames from one end. */
function lossOf(
  { frames, offsetFrames }: AlignedStretch,
  most: number,
  likeness: Likeness,
  frameAt: (at: number) => number,
): Float64Array {
  const losses = new Float64Array(most + 1);
  for (let at = 0; at < most; at++) {
    const loss = at < frames ? likeness.of(frameAt(at), frameAt(at) + offsetFrames) : 0;
    losses[at + 1] = (losses[at] as number) + loss;
  }
  return losses;
}

function endOf({ startFrameA, frames }: AlignedStretch): number {
  return startFrameA + frames;
}

/** Stretches that touch and have the same offset are one. */
function joined(stretches: readonly AlignedStretch[]): AlignedStretch[] {
  const result: AlignedStretch[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    if (stretch.frames === 0) continue;
    if (last && last.offsetFrames === stretch.offsetFrames && endOf(last) === stretch.startFrameA) {
      last.frames += stretch.frames;
    } else result.push({ ...stretch });
  }
  return result;
}
