import { tiny } from './tiny-pair.ts';

/** How a copy's picture lies over the one that was expected, along one direction. */
export interface AxisFit {
  /** 1.02: the copy shows things 2 % larger, as after a cut that was blown up again. */
  scale: number;
  /** In hundredths of the picture's width or height; positive: to the right, or down. */
  shiftPercent: number;
  /** Share of what differs that this scale and shift explain, 0 to 1. */
  explained: number;
}

/** Frames of which the profiles are looked at; evenly, since shots differ. */
const mostFrames = 400;
const scales = Array.from({ length: 41 }, (_, at) => 0.9 + 0.005 * at);
/** In samples of a thumbnail. */
const shifts = Array.from({ length: 33 }, (_, at) => (at - 16) / 4);
/** Samples at each end that are not held against each other: after a shift there is nothing to hold them against. */
const margin = 8;

/** Fits scale and shift of a copy's pictures, by the profiles of their rows and columns. */
export function createGeometryFit(expectedFrames: number) {
  const every = Math.max(1, Math.floor(expectedFrames / mostFrames));
  const rows: [Float32Array, Float32Array][] = [];
  const columns: [Float32Array, Float32Array][] = [];
  let frame = 0;
  return {
    add(expected: Uint8Array, copy: Uint8Array): void {
      if (frame++ % every !== 0 || rows.length >= 2 * mostFrames) return;
      rows.push([profileOf(expected, 'rows'), profileOf(copy, 'rows')]);
      columns.push([profileOf(expected, 'columns'), profileOf(copy, 'columns')]);
    },
    fit: () => ({ vertical: fitAxis(rows, tiny.height), horizontal: fitAxis(columns, tiny.width) }),
  };
}

/** Mean of each row or column, without their common level. */
function profileOf(plane: Uint8Array, along: 'rows' | 'columns'): Float32Array {
  const profile = new Float32Array(along === 'rows' ? tiny.height : tiny.width);
  for (let row = 0, at = 0; row < tiny.height; row++) {
    for (let column = 0; column < tiny.width; column++, at++) {
      const place = along === 'rows' ? row : column;
      profile[place] = (profile[place] as number) + (plane[at] as number);
    }
  }
  const mean = profile.reduce((sum, value) => sum + value, 0) / profile.length;
  const each = along === 'rows' ? tiny.width : tiny.height;
  return profile.map((value) => (value - mean) / each);
}

function fitAxis(pairs: readonly [Float32Array, Float32Array][], length: number): AxisFit {
  let best = { scale: 1, shift: 0, rest: restOf(pairs, length, 1, 0) };
  const straight = best.rest;
  for (const scale of scales) {
    for (const shift of shifts) {
      const rest = restOf(pairs, length, scale, shift);
      if (rest < best.rest) best = { scale, shift, rest };
    }
  }
  return {
    scale: best.scale,
    shiftPercent: (100 * best.shift) / length,
    explained: straight > 0 ? 1 - best.rest / straight : 0,
  };
}

/** Mean square of what differs where the expected profile is scaled about the middle and shifted. */
function restOf(
  pairs: readonly [Float32Array, Float32Array][],
  length: number,
  scale: number,
  shift: number,
): number {
  const middle = (length - 1) / 2;
  let sum = 0;
  for (const [expected, copy] of pairs) {
    for (let at = margin; at < length - margin; at++) {
      const from = (at - middle - shift) / scale + middle;
      const below = Math.floor(from);
      const share = from - below;
      const value =
        (expected[below] as number) * (1 - share) +
        (expected[Math.min(length - 1, below + 1)] as number) * share;
      sum += (value - (copy[at] as number)) ** 2;
    }
  }
  return sum / Math.max(1, pairs.length * (length - 2 * margin));
}
