import { createCorrelator } from '#core/compare/alignment/correlation.ts';
import { changeOf } from '#core/compare/sound-lag.ts';
import { listenRateHz } from './sound-queue.ts';

/** Half a frame of AAC: 512 of 48,000 samples. */
export const mostLagMs = 11;
/** A lag with another one nearly as likely, further than this away, is that of a steady tone: none can be told. */
const [rivalShare, rivalAwayMs] = [0.985, 2];
/** Where the place itself is nearly as likely as the best one, the sound is in its place. */
const inPlaceShare = 0.95;
/** Sound whose other polarity fits so much worse, wherever it is laid, has one; a tone has one only exactly in its place. */
const [mostOpposite, leastInPlace] = [0.85, 0.99];

/** How a piece of sound lies in the same channel of a copy. */
export interface SoundPiece {
  /** How much later it comes; 0 is where it belongs. */
  lagMs: number;
  /** 0 to 1, at that lag, turned over or not. */
  likeness: number;
  /** False for a steady tone, which is as like itself elsewhere. */
  isTimed: boolean;
  /** -1: turned over; null: cannot be told. */
  polarity: 1 | -1 | null;
}

/** Finds a piece of sound in a longer one that reaches as far over both of its ends. By what changes, as hum and bass tell no moment. */
export function findPiece(piece: Float32Array, within: Float32Array): SoundPiece {
  const margin = (within.length - piece.length) / 2;
  const correlator = createCorrelator([changeOf(within)], piece.length);
  const first = correlator.reach;
  const likeness = correlator.against([changeOf(piece)]).subarray(first, first + 2 * margin + 1);
  let [top, bottom] = [margin, margin];
  for (let at = 0; at < likeness.length; at++) {
    if (valueAt(likeness, at) > valueAt(likeness, top)) top = at;
    if (valueAt(likeness, at) < valueAt(likeness, bottom)) bottom = at;
  }
  const [upright, over] = [valueAt(likeness, top), -valueAt(likeness, bottom)];
  const sign = over > upright ? -1 : 1;
  const best = inPlaceOr(likeness, sign, margin, sign === 1 ? top : bottom);
  const value = sign * valueAt(likeness, best);
  const away = (rivalAwayMs / 1000) * listenRateHz;
  const isTimed = !likeness.some((other, at) => {
    return Math.abs(at - best) > away && sign * other > rivalShare * value;
  });
  const isSided = Math.min(upright, over) < mostOpposite * value;
  const isInPlace = Math.abs(valueAt(likeness, margin)) >= leastInPlace * value;
  return {
    lagMs: (1000 * (best - margin + topOf(likeness, best, sign))) / listenRateHz,
    likeness: Math.max(0, Math.min(1, value)),
    isTimed,
    polarity: isSided ? sign : isInPlace ? (valueAt(likeness, margin) > 0 ? 1 : -1) : null,
  };
}

/** The best place within the limit of sync, where it is nearly as likely as the best of all. */
function inPlaceOr(likeness: Float64Array, sign: number, margin: number, best: number): number {
  const near = Math.floor((mostLagMs / 1000) * listenRateHz);
  let nearest = margin;
  for (let at = Math.max(0, margin - near); at <= margin + near && at < likeness.length; at++) {
    if (sign * valueAt(likeness, at) > sign * valueAt(likeness, nearest)) nearest = at;
  }
  return sign * valueAt(likeness, nearest) >= inPlaceShare * sign * valueAt(likeness, best) ? nearest : best;
}

function valueAt(likeness: Float64Array, at: number): number {
  return likeness[at] as number;
}

/** Where the top lies between samples, by the parabola through three. */
function topOf(likeness: Float64Array, at: number, sign: number): number {
  const [left, middle, right] = [at - 1, at, at + 1].map((place) => sign * (likeness[place] ?? 0)) as [
    number,
    number,
    number,
  ];
  const bend = left - 2 * middle + right;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend))) : 0;
}
