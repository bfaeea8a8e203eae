import type { DrawnLane, DrawnSamples } from '#shared/domain/drawn-samples.ts';
import { drawable, framesPerStep, type Steps, stepsOf } from './sample-pyramid.ts';
import type { StoredSeries } from './sample-reader.ts';
import type { Series } from './series.ts';

/** A store, or any samples in memory. */
type Windowed = Pick<Series, 'frames' | 'column'> & Partial<Pick<StoredSeries, 'range' | 'steps'>>;

export interface WindowRequest {
  measures: readonly string[];
  from: number;
  to: number;
  points: number;
}

/**
 * A stretch of samples, cut into at most `points` pieces. Smallest and largest are kept for each piece, so that a spike
 * of one frame is seen at every zoom. Frames are clamped to what is there; `frames[i]` is the first frame of piece i.
 * Where a piece is longer than a step of the pyramid, pieces begin with its steps, and the samples themselves are read at the two ends only.
 */
export function sampleWindow(series: Windowed, { measures, from, to, points }: WindowRequest): DrawnSamples {
  const first = Math.max(0, Math.min(from, series.frames));
  const end = Math.max(first, Math.min(to + 1, series.frames));
  const count = Math.min(Math.max(1, points), end - first);
  const hasLongPieces = end - first >= count * framesPerStep;
  const starts = hasLongPieces ? stepStarts(first, end, count) : evenStarts(first, end, count);
  const lanes = measures.map((id) => {
    const pieces = createPieces(starts.length);
    if (hasLongPieces) addSteps(pieces, series, id, starts, end);
    else addSamples(pieces, rangeOf(series, id, first, end), first, starts, end);
    return [id, pieces.lane()] as const;
  });
  return { frames: Uint32Array.from(starts), endFrame: end, measures: new Map(lanes) };
}

function rangeOf(series: Windowed, id: string, from: number, to: number): Float32Array {
  return series.range?.(id, from, to) ?? series.column(id).subarray(from, to);
}

function evenStarts(first: number, end: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => first + Math.floor((at * (end - first)) / count));
}

/** The same, on steps of the pyramid but for the first. */
function stepStarts(first: number, end: number, count: number): number[] {
  const starts = evenStarts(first, end, count).map(
    (start) => Math.ceil(start / framesPerStep) * framesPerStep,
  );
  starts[0] = first;
  return [...new Set(starts)].filter((start) => start < end || start === first);
}

/** Smallest, largest and sum of the pieces of a lane, in flat arrays: a wide stretch of all lanes is a hundred thousand of them. */
function createPieces(count: number) {
  const min = new Float32Array(count).fill(Number.POSITIVE_INFINITY);
  const max = new Float32Array(count).fill(Number.NEGATIVE_INFINITY);
  const sums = new Float64Array(count);
  const counts = new Uint32Array(count);
  function add(piece: number, least: number, sum: number, greatest: number, values: number): void {
    if (least < (min[piece] as number)) min[piece] = least;
    if (greatest > (max[piece] as number)) max[piece] = greatest;
    sums[piece] = (sums[piece] as number) + sum;
    counts[piece] = (counts[piece] as number) + values;
  }
  return {
    /** Some frames of one piece. */
    addFrames(piece: number, values: Float32Array, from: number, to: number): void {
      for (let at = from; at < to; at++) {
        const value = values[at] as number;
        if (Number.isNaN(value)) continue;
        const shown = drawable(value);
        add(piece, shown, shown, shown, 1);
      }
    },
    /** Steps count alike in a mean, also one of which something was not measured. */
    addStep(piece: number, { minimum, mean, maximum }: Steps, step: number): void {
      const middle = mean[step] as number;
      if (Number.isNaN(middle)) return;
      const [least, greatest] = [minimum[step] as number, maximum[step] as number];
      add(piece, least, middle * framesPerStep, greatest, framesPerStep);
    },
    lane(): DrawnLane {
      const mean = new Float32Array(count);
      for (let piece = 0; piece < count; piece++) {
        const values = counts[piece] as number;
        mean[piece] = values === 0 ? Number.NaN : (sums[piece] as number) / values;
        if (values === 0) min[piece] = max[piece] = Number.NaN;
      }
      return { min, mean, max };
    },
  };
}
type Pieces = ReturnType<typeof createPieces>;

function addSamples(
  pieces: Pieces,
  values: Float32Array,
  first: number,
  starts: readonly number[],
  end: number,
): void {
  for (let piece = 0; piece < starts.length; piece++) {
    const from = (starts[piece] as number) - first;
    pieces.addFrames(piece, values, from, (starts[piece + 1] ?? end) - first);
  }
}

function addSteps(
  pieces: Pieces,
  series: Windowed,
  id: string,
  starts: readonly number[],
  end: number,
): void {
  const steps = series.steps?.(id) ?? stepsOf(series.column(id));
  for (const [piece, start] of starts.entries()) {
    const to = starts[piece + 1] ?? end;
    const firstStep = Math.ceil(start / framesPerStep);
    // The last step of a tape is short, and whole all the same.
    const isTapeEnd = to === series.frames;
    const endStep = isTapeEnd ? Math.ceil(to / framesPerStep) : Math.floor(to / framesPerStep);
    const addFrames = (from: number, until: number): void => {
      if (until > from) pieces.addFrames(piece, rangeOf(series, id, from, until), 0, until - from);
    };
    addFrames(start, Math.min(to, firstStep * framesPerStep));
    for (let step = firstStep; step < endStep; step++) pieces.addStep(piece, steps, step);
    if (!isTapeEnd) addFrames(Math.max(start, endStep * framesPerStep), to);
  }
}
