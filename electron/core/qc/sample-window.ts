import type { Series } from './series.ts';

/** One lane of a graph: for each point the smallest, mean and largest value of its frames. Null: nothing measured. */
export interface Lane {
  min: (number | null)[];
  mean: (number | null)[];
  max: (number | null)[];
}

/**
 * A stretch of samples, cut into at most `points` pieces. Smallest and largest are kept for each piece, so that a spike
 * of one frame is seen at every zoom. Frames are clamped to what is there; `frames[i]` is the first frame of piece i.
 */
export function sampleWindow(
  series: Series,
  { measures, from, to, points }: { measures: readonly string[]; from: number; to: number; points: number },
): { frames: number[]; measures: Record<string, Lane> } {
  const first = Math.max(0, Math.min(from, series.frames));
  const end = Math.max(first, Math.min(to + 1, series.frames));
  const count = Math.min(Math.max(1, points), end - first);
  const starts = Array.from({ length: count }, (_, at) => first + Math.floor((at * (end - first)) / count));
  const lanes = measures.map((id) => {
    const column = series.column(id);
    const lane: Lane = { min: [], mean: [], max: [] };
    for (const [at, start] of starts.entries()) {
      addPiece(lane, column.subarray(start, starts[at + 1] ?? end));
    }
    return [id, lane] as const;
  });
  return { frames: starts, measures: Object.fromEntries(lanes) };
}

function addPiece(lane: Lane, values: Float32Array): void {
  let [min, max, sum, counted] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const raw of values) {
    if (Number.isNaN(raw)) continue;
    const value = Math.max(-200, Math.min(raw, 1e9));
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    counted++;
  }
  lane.min.push(counted ? min : null);
  lane.mean.push(counted ? sum / counted : null);
  lane.max.push(counted ? max : null);
}
