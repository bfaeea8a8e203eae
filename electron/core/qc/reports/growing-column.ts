/** Numbers by their place, NaN where none was set. */
export interface GrowingColumn {
  set(at: number, value: number): void;
  /** The first `length` values. */
  take(length: number): Float32Array;
}

/** A column whose length is not known before its end. */
export function createGrowingColumn(): GrowingColumn {
  let values = new Float32Array(1024).fill(Number.NaN);
  function makeRoom(length: number): void {
    if (length <= values.length) return;
    const larger = new Float32Array(Math.max(length, values.length * 2)).fill(Number.NaN);
    larger.set(values);
    values = larger;
  }
  return {
    set(at, value) {
      makeRoom(at + 1);
      values[at] = value;
    },
    take(length) {
      makeRoom(length);
      return values.subarray(0, length);
    },
  };
}
