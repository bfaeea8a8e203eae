import type { Measure } from './measures.ts';
import type { Series, SeriesDescription } from './series.ts';

/** The last stretch of what plays, in memory: what is judged live costs the same at the end of a tape as at its beginning. */
export interface LiveWindow {
  /** Its frames count from 0; `series.column` is valid until the next call of `append`. */
  readonly series: Series;
  /** Number of the window's first frame on the tape. */
  readonly firstFrame: number;
  readonly frames: number;
  append(values: ArrayLike<number>): void;
}

/** A window that is `span` to twice `span` frames long, once so many have played. */
export function createLiveWindow(
  measures: readonly Measure[],
  description: SeriesDescription,
  span: number,
): LiveWindow {
  const columns = measures.map(() => new Float32Array(2 * span));
  const places = new Map(measures.map(({ id }, at) => [id, at]));
  let filled = 0;
  let firstFrame = 0;
  const series: Series = {
    ...description,
    get frames() {
      return filled;
    },
    column(id) {
      const at = places.get(id);
      if (at === undefined) return new Float32Array(filled).fill(Number.NaN);
      return (columns[at] as Float32Array).subarray(0, filled);
    },
  };
  return {
    series,
    get firstFrame() {
      return firstFrame;
    },
    get frames() {
      return firstFrame + filled;
    },
    append(values) {
      if (filled === 2 * span) {
        for (const column of columns) column.copyWithin(0, span);
        filled = span;
        firstFrame += span;
      }
      for (const [at, column] of columns.entries()) column[filled] = values[at] ?? Number.NaN;
      filled += 1;
    },
  };
}
