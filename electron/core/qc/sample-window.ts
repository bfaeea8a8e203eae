import type { DrawnLane, DrawnSamples } from '#shared/domain/drawn-samples.ts';
import { type Extent, emptyExtent, extend, framesPerStep, type Steps, stepsOf } from './sample-pyramid.ts';
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
    const pieces = hasLongPieces
      ? piecesOfSteps(series, id, starts, end)
      : piecesOf(rangeOf(series, id, first, end), first, starts, end);
    return [id, laneOf(pieces)] as const;
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

function piecesOf(values: Float32Array, first: number, starts: readonly number[], end: number): Extent[] {
  return starts.map((start, at) => {
    const extent = emptyExtent();
    const to = (starts[at + 1] ?? end) - first;
    for (let frame = start - first; frame < to; frame++) extend(extent, values[frame] as number);
    return extent;
  });
}

function piecesOfSteps(series: Windowed, id: string, starts: readonly number[], end: number): Extent[] {
  const steps = series.steps?.(id) ?? stepsOf(series.column(id));
  return starts.map((start, at) => {
    const extent = emptyExtent();
    const to = starts[at + 1] ?? end;
    const firstStep = Math.ceil(start / framesPerStep);
    // The last step of a tape is short, and whole all the same.
    const isTapeEnd = to === series.frames;
    const endStep = isTapeEnd ? Math.ceil(to / framesPerStep) : Math.floor(to / framesPerStep);
    const addFrames = (from: number, until: number): void => {
      if (until > from) for (const value of rangeOf(series, id, from, until)) extend(extent, value);
    };
    addFrames(start, Math.min(to, firstStep * framesPerStep));
    for (let step = firstStep; step < endStep; step++) addStep(extent, steps, step);
    if (!isTapeEnd) addFrames(Math.max(start, endStep * framesPerStep), to);
    return extent;
  });
}

function addStep(extent: Extent, steps: Steps, step: number): void {
  const mean = steps.mean[step] as number;
  if (Number.isNaN(mean)) return;
  extent.minimum = Math.min(extent.minimum, steps.minimum[step] as number);
  extent.maximum = Math.max(extent.maximum, steps.maximum[step] as number);
  extent.sum += mean * framesPerStep;
  extent.count += framesPerStep;
}

/** Steps count alike in a mean, also one of which something was not measured. */
function laneOf(pieces: readonly Extent[]): DrawnLane {
  return {
    min: Float32Array.from(pieces, ({ minimum, count }) => (count ? minimum : Number.NaN)),
    mean: Float32Array.from(pieces, ({ sum, count }) => (count ? sum / count : Number.NaN)),
    max: Float32Array.from(pieces, ({ maximum, count }) => (count ? maximum : Number.NaN)),
  };
}
