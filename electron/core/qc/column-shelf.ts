import type { StoredSeries } from './sample-reader.ts';
import type { Series } from './series.ts';

/** Checks that follow each other look at the same things. Ten hours of a column are 3.6 MB; no check looks at many more of them. */
const keptColumns = 12;

/**
 * Columns of a long tape for its judgement, in memory that does not grow with the number of checks: once `release` was called, and
 * there are as many as are kept, the next one is read over the one that was asked for longest ago. A column is the caller's until
 * then and no longer. For who judges a store alone: nobody else may hold its columns.
 */
export function createColumnShelf(
  stored: Pick<StoredSeries, 'frames' | 'range'>,
): Required<Pick<Series, 'column' | 'release'>> {
  const inUse = new Map<string, Float32Array>();
  /** What was asked for longest ago comes first. */
  const free = new Map<string, Float32Array>();

  function read(id: string): Float32Array {
    const [oldest] = free.size + inUse.size < keptColumns ? [] : free;
    if (oldest) free.delete(oldest[0]);
    return stored.range(id, 0, stored.frames, oldest?.[1]);
  }

  return {
    column(id) {
      const here = inUse.get(id);
      if (here) return here;
      const values = free.get(id) ?? read(id);
      free.delete(id);
      inUse.set(id, values);
      return values;
    },
    release() {
      for (const [id, values] of inUse) free.set(id, values);
      inUse.clear();
    },
  };
}
