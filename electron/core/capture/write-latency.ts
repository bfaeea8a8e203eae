/** How long the masters' disk takes to write down what the recorder wrote, in milliseconds. */
export interface WriteLatency {
  /** The last time it was asked to; one that is still under way counts as soon as it is the longer. */
  lastMs: number;
  /** The worst over the last minute. */
  worstMs: number;
}

const overMs = 60_000;

/**
 * Times what the watch does anyway: asking the system three times a second to write down the sacred files. That is a wait
 * of ours and not of the recorder's, which only ever writes into memory as long as there is room: a disk that hesitates
 * shows here first. Monotonic milliseconds.
 */
export function createWriteLatency(nowMs: () => number): {
  time<Result>(write: () => Promise<Result>): Promise<Result>;
  reading(): WriteLatency | undefined;
} {
  const done: { atMs: number; tookMs: number }[] = [];
  const underWay = new Set<number>();
  return {
    async time(write) {
      const startMs = nowMs();
      underWay.add(startMs);
      try {
        return await write();
      } finally {
        underWay.delete(startMs);
        const atMs = nowMs();
        done.push({ atMs, tookMs: atMs - startMs });
        while (done.length > 1 && (done[0]?.atMs ?? 0) < atMs - overMs) done.shift();
      }
    },
    reading() {
      const now = nowMs();
      const waiting = Math.max(0, ...[...underWay].map((startMs) => now - startMs));
      const recent = done.filter(({ atMs }) => atMs >= now - overMs);
      const last = recent.at(-1)?.tookMs;
      if (last === undefined && underWay.size === 0) return undefined;
      return {
        lastMs: Math.round(Math.max(last ?? 0, waiting)),
        worstMs: Math.round(Math.max(waiting, ...recent.map(({ tookMs }) => tookMs))),
      };
    },
  };
}
