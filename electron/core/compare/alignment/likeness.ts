import type { Change } from './curves.ts';

/** How much more likely it is that two frames show the same than that they do not: natural logarithm of the odds. */
export interface Likeness {
  /** 0 where the frames cannot be told from others; NaN never. Frames have to exist. */
  of(frameA: number, frameB: number): number;
  /** The same with what lies below the noise: for places of which it is known that they are the same within some frames. */
  ofFaint(frameA: number, frameB: number): number;
}

/** Pairs of frames that are taken to be the same, to learn from how far apart the same lies. */
export interface KnownPairs {
  framesA: Int32Array;
  framesB: Int32Array;
}

/** Damage, and frames beside a jump, differ wildly though they are the same: so many in a hundred. */
const wildShare = 0.03;
/** Curves change together, and with their neighbours in time: evidence of one counts for so much. */
const independence = 0.5;
/** Changes that are less than so many times the noise are none. */
const silentBelow = 2;
const tableSize = 1024;
const tableReach = 8;
const leastNoise = 0.02;

/**
 * Learns from known pairs, for each curve, how much louder B is, how far apart the same frame lies in both (noise), and how far
 * apart others lie. Changes below the noise are taken as none: in a still picture all frames are then alike, instead of by chance.
 */
export function learnLikeness(changes: readonly Change[], pairs: KnownPairs): Likeness {
  const curves = changes.flatMap((change) => {
    const gain = gainOf(change, pairs);
    if (gain === undefined) return [];
    const noise = Math.max(leastNoise, typicalDistance(change, gain, pairs, 0));
    const otherwise = typicalDistance(change, gain, pairs, 257);
    // Others lie no further apart than the same: nothing can be told by this curve.
    if (otherwise <= noise * 1.05) return [];
    return [
      {
        a: cored(change.a, 1, silentBelow * noise),
        b: cored(change.b, 1 / gain, silentBelow * noise),
        ...{ faintA: change.a, faintB: change.b, gain },
        table: oddsTable(noise, Math.max(otherwise, 3 * noise)),
      },
    ];
  });
  return {
    of: (frameA, frameB) => {
      let sum = 0;
      for (let at = 0; at < curves.length; at++) {
        const { a, b, table } = curves[at] as (typeof curves)[number];
        sum += oddsIn(table, (a[frameA] as number) - (b[frameB] as number));
      }
      return sum * independence;
    },
    ofFaint: (frameA, frameB) => {
      let sum = 0;
      for (const { faintA, faintB, table, gain } of curves) {
        sum += oddsIn(table, (faintA[frameA] as number) - (faintB[frameB] as number) / gain);
      }
      return sum * independence;
    },
  };
}

function oddsIn(table: Float32Array, difference: number): number {
  const place = (Math.abs(difference) * (tableSize / tableReach)) | 0;
  return table[place < tableSize ? place : tableSize - 1] as number;
}

/** B's change over A's, by those pairs where A changes most; undefined where they do not change together. */
function gainOf({ a, b }: Change, { framesA, framesB }: KnownPairs): number | undefined {
  let [products, squaresA, squaresB] = [0, 0, 0];
  for (let at = 0; at < framesA.length; at++) {
    const one = clipped(a[framesA[at] as number] as number);
    const other = clipped(b[framesB[at] as number] as number);
    products += one * other;
    squaresA += one * one;
    squaresB += other * other;
  }
  if (products <= 0.1 * Math.sqrt(squaresA * squaresB)) return undefined;
  // Both have noise: the geometric mean of both regressions favours neither.
  return Math.sqrt(squaresB / squaresA);
}

function clipped(change: number): number {
  return Math.max(-3, Math.min(3, change));
}

/** Standard deviation by the median, of A less B so many frames on; it does not mind damage. */
function typicalDistance(
  { a, b }: Change,
  gain: number,
  { framesA, framesB }: KnownPairs,
  shift: number,
): number {
  const step = Math.max(1, Math.floor(framesA.length / 20_000));
  const distances = new Float32Array(Math.ceil(framesA.length / step));
  for (let at = 0, index = 0; at < framesA.length; at += step, index++) {
    const one = a[framesA[at] as number] as number;
    const other = b[framesB[(at + shift) % framesB.length] as number] as number;
    distances[index] = Math.abs(one - other / gain);
  }
  distances.sort();
  // Of what is silent most of the time the median is nothing; higher up it is told by what moves.
  return (
    (distances[Math.floor(distances.length * (shift === 0 ? 0.683 : 0.9))] ?? 0) / (shift === 0 ? 1 : 1.645)
  );
}

function cored(values: Float32Array, gain: number, silence: number): Float32Array {
  return values.map((value) => {
    const size = Math.abs(value * gain) - silence;
    return size <= 0 ? 0 : Math.sign(value) * size;
  });
}

/** Odds by distance. Nothing is won by two silent frames: a still picture proves no place. */
function oddsTable(noise: number, otherwise: number): Float32Array {
  const density = (distance: number, deviation: number) =>
    Math.exp(-0.5 * (distance / deviation) ** 2) / deviation;
  return Float32Array.from({ length: tableSize }, (_, index) => {
    const distance = (index + 0.5) * (tableReach / tableSize);
    const wild = density(distance, otherwise) + 1e-12;
    return Math.log((1 - wildShare) * (density(distance, noise) / wild) + wildShare);
  });
}
