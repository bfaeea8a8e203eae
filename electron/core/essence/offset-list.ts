/** Byte offsets of one kind, 8 bytes each: an hour at 25 fps is 0.7 MB. */
export interface OffsetList {
  push(value: number): void;
  readonly length: number;
  at(index: number): number;
  /** Forgets all from this index on. */
  truncate(length: number): void;
  /** The values as a view: valid until the next push. */
  values(): Float64Array;
}

/** A list that grows by doubling; for the few things that a scan must remember once per frame. */
export function createOffsetList(): OffsetList {
  let storage = new Float64Array(1024);
  let length = 0;
  return {
    push(value) {
      if (length === storage.length) {
        const larger = new Float64Array(storage.length * 2);
        larger.set(storage);
        storage = larger;
      }
      storage[length] = value;
      length += 1;
    },
    get length() {
      return length;
    },
    truncate(to) {
      length = Math.min(length, to);
    },
    at: (index) => storage[index] ?? Number.NaN,
    values: () => storage.subarray(0, length),
  };
}
