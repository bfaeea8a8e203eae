import type { Rational } from '#shared/domain/rational.ts';

/** One number a frame, NaN where nothing is known: what a picture or its sound can be told from others by. */
export interface Curve {
  id: string;
  values: Float32Array;
}

/** A recording as the aligner sees it. */
export interface Curves {
  frames: number;
  frameRate: Rational;
  curves: readonly Curve[];
}

/** Change of a curve against its surroundings, in units of its own liveliness. */
export interface Change {
  a: Float32Array;
  b: Float32Array;
}

/**
 * Frames each way that a value is held against. Half a second takes away levels and the slow drift of a deck, and keeps what tells
 * one minute from another; a few frames are little mixed with what stands behind a jump.
 */
export const surroundings = { rough: 12, exact: 3 } as const;
/** A share of the frames changes by more than one unit. */
const livelyShare = 0.95;

/** The curves that both have, as change. One that never changes on one of the sides tells nothing and is left out. */
export function changesOf(a: Curves, b: Curves, reach: number): Change[] {
  const ofB = new Map(b.curves.map(({ id, values }) => [id, values]));
  return a.curves.flatMap(({ id, values }) => {
    const other = ofB.get(id);
    if (!other) return [];
    const [changeA, changeB] = [changeOf(values, reach), changeOf(other, reach)];
    return changeA && changeB ? [{ a: changeA, b: changeB }] : [];
  });
}

/**
 * What a curve changes by; undefined where it stands still from end to end. Large changes are compressed: at a cut, another
 * gain would otherwise outweigh all else.
 */
function changeOf(values: Float32Array, reach: number): Float32Array | undefined {
  const filled = withoutHoles(values);
  const sums = new Float64Array(filled.length + 1);
  for (let at = 0; at < filled.length; at++) sums[at + 1] = (sums[at] as number) + (filled[at] as number);
  const change = new Float32Array(filled.length);
  for (let at = 0; at < filled.length; at++) {
    const from = Math.max(0, at - reach);
    const to = Math.min(filled.length, at + reach + 1);
    const mean = ((sums[to] as number) - (sums[from] as number)) / (to - from);
    change[at] = (filled[at] as number) - mean;
  }
  const unit = sortedSizes(change)[Math.floor(livelyShare * (change.length - 1))] ?? 0;
  if (!(unit > 1e-4)) return undefined;
  for (let at = 0; at < change.length; at++) change[at] = Math.asinh((change[at] as number) / unit);
  return change;
}

function sortedSizes(values: Float32Array): Float32Array {
  return values.map(Math.abs).sort();
}

/** Where nothing was measured, the value before stands; at the head the first there is. */
function withoutHoles(values: Float32Array): Float32Array {
  const filled = Float32Array.from(values);
  let last = filled.find(Number.isFinite) ?? 0;
  for (let at = 0; at < filled.length; at++) {
    if (Number.isFinite(filled[at])) last = filled[at] as number;
    else filled[at] = last;
  }
  return filled;
}
