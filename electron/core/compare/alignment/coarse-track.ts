import { createCorrelator } from './correlation.ts';
import type { Change } from './curves.ts';

/** A piece of A and where in B it was found, roughly. */
export interface Place {
  /** Frames of A, the last one not among them. */
  from: number;
  to: number;
  /** Undefined where nothing tells it from other places. */
  offsetFrames: number | undefined;
}

export interface CoarseTrack {
  places: Place[];
  /** Offsets are right to so many frames. */
  toleranceFrames: number;
}

/** Steps of the thinned curves in one piece: 41 s of an hour's pass at 25 pictures a second. */
const pieceSteps = 256;
/** Longer signals are thinned, four frames to a step and so on: 32,768 steps are correlated in 10 ms. */
const mostSteps = 32_768;
/** Places of each piece that are tried. */
const candidatesOfPiece = 6;
/** Compresses spikes: one cut must not outweigh the rest of a piece. */
const mostChange = 3;
/** What a jump has to gain, in natural logarithms of odds. */
const jumpCost = 4;

/**
 * Where pieces of A lie in B, anywhere: each is held against all of B, and of the likely places those are taken that most
 * pieces agree on. Curves change together, so a piece counts for fewer independent values than it has.
 */
export function coarseTrack(changes: readonly Change[], framesA: number, framesB: number): CoarseTrack {
  let thinning = 1;
  while (Math.max(framesA, framesB) / thinning > mostSteps) thinning *= 2;
  // An hour is thinned by four, since what tells pieces of 40 s apart is seen there too.
  if (thinning > 1) thinning = Math.max(thinning, 4);
  const signalsA = changes.map(({ a }) => thinned(a, thinning));
  const signalsB = changes.map(({ b }) => thinned(b, thinning));
  const stepsA = signalsA[0]?.length ?? 0;
  const piece = Math.max(8, Math.min(pieceSteps, stepsA >> 1));
  const hop = Math.max(1, piece >> 1);
  const correlator = createCorrelator(signalsB, piece);
  const chance = Math.log(correlator.lags);
  const pieces: { from: number; candidates: Candidate[] }[] = [];
  for (let from = 0; from < stepsA; from += hop) {
    const cut = signalsA.map((signal) => signal.subarray(from, from + piece));
    const likeness = correlator.against(cut);
    const values = ((cut[0]?.length ?? 0) * Math.sqrt(changes.length)) / 2;
    const candidates = peaksOf(likeness).map(({ at, value }) => ({
      offset: at - correlator.reach - from,
      gain: -values * Math.log(1 - Math.min(0.999, value) ** 2) - chance,
    }));
    pieces.push({ from, candidates });
    if (from + piece >= stepsA) break;
  }
  const chosen = chooseTogether(pieces.map(({ candidates }) => candidates));
  return {
    toleranceFrames: 2 * thinning,
    places: pieces.map(({ from }, at) => ({
      from: from * thinning,
      to: Math.min(framesA, (from + piece) * thinning),
      offsetFrames: chosen[at] === undefined ? undefined : (chosen[at] as number) * thinning,
    })),
  };
}

interface Candidate {
  offset: number;
  gain: number;
}

function thinned(values: Float32Array, by: number): Float32Array {
  const steps = Math.ceil(values.length / by);
  const result = new Float32Array(steps);
  for (let step = 0; step < steps; step++) {
    const to = Math.min(values.length, (step + 1) * by);
    for (let at = step * by; at < to; at++) {
      result[step] =
        (result[step] as number) + Math.max(-mostChange, Math.min(mostChange, values[at] as number)) / by;
    }
  }
  return result;
}

/** The highest places, none beside another. */
function peaksOf(likeness: Float64Array): { at: number; value: number }[] {
  const peaks: { at: number; value: number }[] = [];
  for (let at = 0; at < likeness.length; at++) {
    const value = likeness[at] as number;
    if (value <= (peaks[candidatesOfPiece - 1]?.value ?? 0)) continue;
    if (value < (likeness[at - 1] ?? 0) || value <= (likeness[at + 1] ?? 0)) continue;
    peaks.push({ at, value });
    peaks.sort((one, other) => other.value - one.value);
    if (peaks.length > candidatesOfPiece) peaks.pop();
  }
  return peaks;
}

/**
 * One offset a piece, or none, such that the whole gains most. Offsets may change from piece to piece, at a cost; a step each way
 * costs little, since a jump inside a piece is found half way.
 */
function chooseTogether(pieces: readonly (readonly Candidate[])[]): (number | undefined)[] {
  interface State {
    /** Undefined: this piece is found nowhere, and `last` is where the one before was. */
    offset: number | undefined;
    last: number | undefined;
    sum: number;
    before: State | undefined;
  }
  let states: State[] = [{ offset: undefined, last: undefined, sum: 0, before: undefined }];
  for (const candidates of pieces) {
    const next: State[] = candidates.map(({ offset, gain }) => {
      let best: State | undefined;
      let bestSum = Number.NEGATIVE_INFINITY;
      for (const state of states) {
        const away = state.last === undefined ? 0 : Math.abs(state.last - offset);
        const sum = state.sum + gain - (away === 0 ? 0 : away === 1 ? 0.5 : jumpCost);
        if (sum > bestSum) [best, bestSum] = [state, sum];
      }
      return { offset, last: offset, sum: bestSum, before: best };
    });
    // Found nowhere: the places that earlier pieces had are remembered, the best few of them.
    const lost = states
      .toSorted((one, other) => other.sum - one.sum)
      .slice(0, candidatesOfPiece)
      .map((state): State => ({ offset: undefined, last: state.last, sum: state.sum, before: state }));
    states = [...next, ...lost];
  }
  let at = states.reduce<State | undefined>(
    (best, state) => (best === undefined || state.sum > best.sum ? state : best),
    undefined,
  );
  const offsets: (number | undefined)[] = [];
  while (at?.before) {
    offsets.push(at.offset);
    at = at.before;
  }
  return offsets.reverse();
}
