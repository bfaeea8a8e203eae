/** Frames of one row of the pyramid: four seconds. A window of less is drawn from the samples themselves. */
export const framesPerStep = 100;

/** Smallest, mean and largest value of each step of one column; NaN where nothing was measured. */
export interface Steps {
  minimum: Float32Array;
  mean: Float32Array;
  maximum: Float32Array;
}

/** Digital silence is minus infinity, which no graph can draw. */
export function drawable(value: number): number {
  return Math.max(-200, Math.min(value, 1e9));
}

/** Smallest, mean and largest of some values. */
interface Extent {
  minimum: number;
  maximum: number;
  sum: number;
  count: number;
}

function emptyExtent(): Extent {
  return { minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY, sum: 0, count: 0 };
}

function extend(extent: Extent, value: number): void {
  if (Number.isNaN(value)) return;
  const shown = drawable(value);
  if (shown < extent.minimum) extent.minimum = shown;
  if (shown > extent.maximum) extent.maximum = shown;
  extent.sum += shown;
  extent.count += 1;
}

/** Builds the pyramid of a store while it is written: a hundredth of its values, in memory (a megabyte an hour). */
export function createPyramid(columns: number) {
  const steps: Float32Array[] = [];
  let extents = Array.from({ length: columns }, emptyExtent);
  let frames = 0;
  function close(): void {
    const row = new Float32Array(columns * 3);
    for (const [at, { minimum, maximum, sum, count }] of extents.entries()) {
      row[at * 3] = count ? minimum : Number.NaN;
      row[at * 3 + 1] = count ? sum / count : Number.NaN;
      row[at * 3 + 2] = count ? maximum : Number.NaN;
    }
    steps.push(row);
    extents = Array.from({ length: columns }, emptyExtent);
    frames = 0;
  }
  return {
    add(values: ArrayLike<number>): void {
      for (let at = 0; at < columns; at++) extend(extents[at] as Extent, values[at] ?? Number.NaN);
      frames += 1;
      if (frames === framesPerStep) close();
    },
    /** Columns of the pyramid, three for each of the store: smallest, mean, largest. */
    end(): { rows: number; columns: Float32Array[] } {
      if (frames > 0) close();
      return {
        rows: steps.length,
        columns: Array.from({ length: columns * 3 }, (_, at) =>
          Float32Array.from(steps, (row) => row[at] as number),
        ),
      };
    },
  };
}

/** The pyramid of one column, from its samples: for a store that a kill left without. */
export function stepsOf(column: Float32Array): Steps {
  const count = Math.ceil(column.length / framesPerStep);
  const steps = {
    minimum: new Float32Array(count),
    mean: new Float32Array(count),
    maximum: new Float32Array(count),
  };
  for (let step = 0; step < count; step++) {
    const extent = emptyExtent();
    for (const value of column.subarray(step * framesPerStep, (step + 1) * framesPerStep))
      extend(extent, value);
    steps.minimum[step] = extent.count ? extent.minimum : Number.NaN;
    steps.mean[step] = extent.count ? extent.sum / extent.count : Number.NaN;
    steps.maximum[step] = extent.count ? extent.maximum : Number.NaN;
  }
  return steps;
}
