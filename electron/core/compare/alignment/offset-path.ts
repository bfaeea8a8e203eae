import type { AlignedStretch } from '#shared/domain/alignment.ts';
import type { Likeness } from './likeness.ts';

/** Offsets that come into question for some frames of A, in rising order. */
export interface Band {
  /** Frames of A, the last one not among them. */
  from: number;
  to: number;
  offsets: Int32Array;
}

/** What a jump, or the beginning or end of frames that only one has, must gain (natural logarithm of odds). */
const jumpCost = 12;
const gapCost = 7;

const [stays, fromGap, fromBest] = [0, 1, 2];

/**
 * The most likely offset of every frame of A: dynamic programming over the bands. Frames that B does not have are in a gap,
 * which neither gains nor costs. Two stretches may claim the same frames of B here; `untangle` mends that.
 */
export function offsetPath(
  bands: readonly Band[],
  likeness: Likeness,
  framesA: number,
  framesB: number,
): AlignedStretch[] {
  /** For each frame: how each offset was come to, by its place in the band; the same of the gap; the best place before. */
  const steps: Uint8Array[] = [];
  const gapCameFromBest = new Uint8Array(framesA);
  const bestBefore = new Int32Array(framesA).fill(-1);
  const bandOf: Band[] = [];
  let sums = new Float64Array(0);
  let offsets = new Int32Array(0);
  let gap = 0;

  for (const band of bands) {
    const carried = new Map(Array.from(offsets, (offset, at) => [offset, sums[at] as number]));
    // The first frame of a band comes from another set of offsets; those that are in both go on.
    const before = Float64Array.from(
      band.offsets,
      (offset) => carried.get(offset) ?? Number.NEGATIVE_INFINITY,
    );
    let [last, lastOffsets] = [sums, offsets];
    let continued = before;
    for (let frame = band.from; frame < band.to; frame++) {
      let best = Number.NEGATIVE_INFINITY;
      let bestOffset = -1;
      let hasBest = false;
      for (let at = 0; at < last.length; at++) {
        if ((last[at] as number) > best) {
          best = last[at] as number;
          bestOffset = lastOffsets[at] as number;
          hasBest = true;
        }
      }
      const size = band.offsets.length;
      const next = new Float64Array(size);
      const came = new Uint8Array(size);
      const [jumping, fromNothing] = [best - jumpCost, gap - gapCost];
      const [other, otherStep] =
        fromNothing > jumping || !hasBest ? [fromNothing, fromGap] : [jumping, fromBest];
      for (let at = 0; at < size; at++) {
        const frameB = frame + (band.offsets[at] as number);
        const stay = continued[at] as number;
        const isStay = stay >= other;
        came[at] = isStay ? stays : otherStep;
        next[at] =
          frameB < 0 || frameB >= framesB
            ? Number.NEGATIVE_INFINITY
            : (isStay ? stay : other) + likeness.of(frame, frameB);
      }
      if (best - gapCost > gap) {
        gap = best - gapCost;
        gapCameFromBest[frame] = 1;
      }
      bestBefore[frame] = bestOffset;
      steps.push(came);
      bandOf.push(band);
      last = next;
      continued = next;
      lastOffsets = band.offsets as Int32Array<ArrayBuffer>;
    }
    if (band.to > band.from) [sums, offsets] = [last, lastOffsets];
  }

  let offset: number | undefined;
  let end = gap;
  for (let at = 0; at < sums.length; at++) {
    if ((sums[at] as number) > end) {
      end = sums[at] as number;
      offset = offsets[at];
    }
  }
  const stretches: AlignedStretch[] = [];
  let open: AlignedStretch | undefined;
  for (let frame = steps.length - 1; frame >= 0; frame--) {
    if (offset === undefined) {
      open = undefined;
      if (gapCameFromBest[frame]) offset = bestBefore[frame] as number;
      continue;
    }
    if (open?.offsetFrames === offset) {
      open.startFrameA--;
      open.frames++;
    } else {
      open = { startFrameA: frame, frames: 1, offsetFrames: offset };
      stretches.push(open);
    }
    const place = placeOf((bandOf[frame] as Band).offsets, offset);
    const step = (steps[frame] as Uint8Array)[place];
    if (step === fromGap) offset = undefined;
    else if (step === fromBest) offset = bestBefore[frame] as number;
  }
  return stretches.reverse();
}

function placeOf(offsets: Int32Array, offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
