import type { Measure } from './measures.ts';
import type { Series, SeriesDescription } from './series.ts';

/** Samples in memory while they come in: columns that double when they are full (28 bytes a frame and channel). */
export function createGrowingSeries(
  measures: readonly Measure[],
  description: SeriesDescription,
): { series: Series; append(values: ArrayLike<number>): void } {
  let capacity = 1024;
  let columns = measures.map(() => new Float32Array(capacity));
  let frames = 0;
  const places = new Map(measures.map((measure, at) => [measure.id, at]));
  return {
    series: {
      ...description,
      get frames() {
        return frames;
      },
      column(id) {
        const at = places.get(id);
        if (at === undefined) return new Float32Array(frames).fill(Number.NaN);
        return (columns[at] as Float32Array).subarray(0, frames);
      },
    },
    append(values) {
      if (frames === capacity) {
        capacity *= 2;
        columns = columns.map((column) => {
          const larger = new Float32Array(capacity);
          larger.set(column);
          return larger;
        });
      }
      for (const [at, column] of columns.entries()) column[frames] = values[at] ?? Number.NaN;
      frames++;
    },
  };
}
