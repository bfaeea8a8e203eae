import type { AlignedStretch } from '#shared/domain/alignment.ts';
import { areBeyondChance } from './beyond-chance.ts';
import { closeEnds, closeGaps, joinReturning } from './close-gaps.ts';
import { type CoarseTrack, coarseTrack, type Place } from './coarse-track.ts';
import { type Change, type Curves, changesOf, surroundings } from './curves.ts';
import { type KnownPairs, type Likeness, learnLikeness } from './likeness.ts';
import { type Band, offsetPath } from './offset-path.ts';
import { settleJumps } from './settle-jumps.ts';
import { untangle } from './untangle.ts';

/** Where pieces lie is known roughly: so many frames further each way are looked at. */
const margin = 12;
/** Offsets between those of two neighbouring pieces are looked at too, up to so many: a tape may lose frames one by one. */
const mostBetween = 600;
/** Frames of a window, and what the place has to gain over any other near by (natural logarithm of odds) to be proven. */
const provenWindow = 64;
const provenGain = 6;
/** Where less of what was found is proven, the rest of it and that are chance: recordings of different things. */
const leastShare = 0.25;

/** Stretches of two recordings that show the same, and how much of that is proven; without sound at sample level. */
export interface CurveAlignment {
  stretches: AlignedStretch[];
  confidence: number;
}

/**
 * Lays two recordings of the same on each other by what changes in them, from frame to frame: roughly and anywhere first, then
 * to the frame, with jumps where one of them lost or repeated frames. No stretches where they have nothing in common.
 */
export function alignCurves(a: Curves, b: Curves): CurveAlignment {
  const rough = changesOf(a, b, surroundings.rough);
  if (rough.length === 0) return { stretches: [], confidence: 0 };
  const track = coarseTrack(rough, a.frames, b.frames);
  const changes = changesOf(a, b, surroundings.exact);
  const known = knownPairs(changes, track, b.frames);
  if (known.framesA.length === 0) return { stretches: [], confidence: 0 };
  const likeness = learnLikeness(changes, known);
  const path = offsetPath(bandsOf(track, a.frames), likeness, a.frames, b.frames);
  const closed = closeGaps(untangle(path, likeness, b.frames), likeness, a.frames, b.frames);
  const stretches = settleJumps(closed, likeness);
  // What one stretch has shown of its offset holds for all that have it: they did not choose it.
  const ofOffset = Map.groupBy(stretches, ({ offsetFrames }) => offsetFrames);
  const sound = new Set(
    [...ofOffset].flatMap(([offset, all]) => (areBeyondChance(all, likeness, b.frames) ? [offset] : [])),
  );
  const proofs = stretches.map((stretch) =>
    sound.has(stretch.offsetFrames) ? provenFrames(stretch, likeness, b.frames) : 0,
  );
  const proven = proofs.reduce((sum, frames) => sum + frames, 0);
  const all = stretches.reduce((sum, { frames }) => sum + frames, 0);
  const least = Math.min(2 * provenWindow, Math.min(a.frames, b.frames) / 2);
  if (proven < least || proven < leastShare * all) return { stretches: [], confidence: 0 };
  const isProvenAt = (at: number) => (proofs[at] as number) > 0;
  const offsets = stretches.map(({ offsetFrames }) => offsetFrames);
  const kept = stretches.filter((stretch, at) => {
    if (isProvenAt(at)) return true;
    // Where nothing tells, the nearest that is proven goes on.
    const before = offsets.findLast((_, other) => other < at && isProvenAt(other));
    const after = offsets.find((_, other) => other > at && isProvenAt(other));
    return stretch.offsetFrames === before || stretch.offsetFrames === after;
  });
  // What nothing proved may have stood under damage, between two that have the same offset.
  return { stretches: closeEnds(joinReturning(kept), a.frames, b.frames), confidence: proven / all };
}

/** Pairs to learn from: each piece that was found, at the one offset near by at which its curves go together best. */
function knownPairs(
  changes: readonly Change[],
  { places, toleranceFrames }: CoarseTrack,
  framesB: number,
): KnownPairs {
  const framesA: number[] = [];
  const partners: number[] = [];
  for (const { from, to, offsetFrames } of places) {
    if (offsetFrames === undefined) continue;
    let best = { offset: offsetFrames, product: Number.NEGATIVE_INFINITY };
    for (let offset = offsetFrames - toleranceFrames; offset <= offsetFrames + toleranceFrames; offset++) {
      const product = together(changes, from, to, offset, framesB);
      if (product > best.product) best = { offset, product };
    }
    // The middle half: a jump is likelier at the ends, where the next piece has its middle.
    const quarter = (to - from) >> 2;
    for (let frame = from + quarter; frame < to - quarter; frame++) {
      const frameB = frame + best.offset;
      if (frameB < 0 || frameB >= framesB) continue;
      framesA.push(frame);
      partners.push(frameB);
    }
  }
  return { framesA: Int32Array.from(framesA), framesB: Int32Array.from(partners) };
}

function together(
  changes: readonly Change[],
  from: number,
  to: number,
  offset: number,
  framesB: number,
): number {
  let sum = 0;
  for (const { a, b } of changes) {
    for (let frame = Math.max(from, -offset); frame < Math.min(to, framesB - offset); frame++) {
      const one = Math.max(-3, Math.min(3, a[frame] as number));
      sum += one * Math.max(-3, Math.min(3, b[frame + offset] as number));
    }
  }
  return sum;
}

/** Offsets that come into question for each frame: those of the pieces it lies in and of the found ones beside them. */
function bandsOf({ places, toleranceFrames }: CoarseTrack, framesA: number): Band[] {
  const reach = toleranceFrames + margin;
  const found = places.filter(
    (place): place is Place & { offsetFrames: number } => place.offsetFrames !== undefined,
  );
  return places.map(({ from }, at): Band => {
    const to = places[at + 1]?.from ?? framesA;
    const near = [
      found.findLast((place) => place.to <= from),
      ...found.filter((place) => place.from < to && place.to > from),
      found.find((place) => place.from >= to),
    ].flatMap((place) => (place ? [place.offsetFrames] : []));
    const offsets = new Set<number>();
    for (const [index, offset] of near.entries()) {
      const next = near[index + 1] ?? offset;
      const isFar = Math.abs(next - offset) > mostBetween;
      const [low, high] = isFar ? [offset, offset] : [Math.min(offset, next), Math.max(offset, next)];
      for (let one = low - reach; one <= high + reach; one++) offsets.add(one);
    }
    return { from, to, offsets: Int32Array.from(offsets).sort() };
  });
}

/**
 * Frames of a stretch that are proven: from the first to the last window at which no other place near by is nearly as likely.
 * Between two such windows a still picture may stand: to hide there, jumps would have to undo each other.
 */
function provenFrames(
  { startFrameA, frames, offsetFrames }: AlignedStretch,
  likeness: Likeness,
  framesB: number,
): number {
  const end = startFrameA + frames;
  let first: number | undefined;
  let last = startFrameA;
  for (let from = startFrameA; from < end; from += provenWindow) {
    const to = Math.min(end, from + provenWindow);
    if (!isProven(from, to, offsetFrames, likeness, framesB)) continue;
    first ??= from;
    last = to;
  }
  return first === undefined ? 0 : last - first;
}

function isProven(from: number, to: number, offset: number, likeness: Likeness, framesB: number): boolean {
  const sumAt = (shift: number) => {
    let sum = 0;
    for (let frame = from; frame < to; frame++) {
      const frameB = frame + offset + shift;
      if (frameB >= 0 && frameB < framesB) sum += likeness.of(frame, frameB);
    }
    return sum;
  };
  const own = sumAt(0);
  if (own < provenGain) return false;
  for (let shift = 1; shift <= margin; shift++) {
    if (own - sumAt(shift) < provenGain || own - sumAt(-shift) < provenGain) return false;
  }
  return true;
}
