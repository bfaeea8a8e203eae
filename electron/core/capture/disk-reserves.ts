/** What recordings write to one disk, and what must stay free on it so that they can be ended in order. */
export interface DiskShare {
  bitsPerSecond: number;
  reserveBytes: number;
}

/** The shares of all recordings of this engine. */
export interface DiskReserves {
  /** Writes down what this recording writes to which disk; comes back with the sum of all on that disk. */
  set(recording: object, device: number, share: DiskShare): DiskShare;
  /** A recording that has ended needs no room any more. */
  release(recording: object): void;
}

/**
 * Recordings on one disk end at once when it is nearly full: each then writes its queue, its index and its lists, so that what
 * must stay free is the sum of what each needs.
 */
export function createDiskReserves(): DiskReserves {
  const shares = new Map<object, DiskShare & { device: number }>();
  return {
    set(recording, device, share) {
      shares.set(recording, { ...share, device });
      return [...shares.values()]
        .filter((other) => other.device === device)
        .reduce(
          (sum, { bitsPerSecond, reserveBytes }) => ({
            bitsPerSecond: sum.bitsPerSecond + bitsPerSecond,
            reserveBytes: sum.reserveBytes + reserveBytes,
          }),
          { bitsPerSecond: 0, reserveBytes: 0 },
        );
    },
    release(recording) {
      shares.delete(recording);
    },
  };
}
