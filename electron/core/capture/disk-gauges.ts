import { stat, statfs } from 'node:fs/promises';
import type { DiskGauge } from '#shared/domain/live.ts';

export type DiskRole = DiskGauge['role'];

const trendMs = 60_000;
/** Over less than this, one large file of somebody else would look like a trend. */
const leastTrendMs = 30_000;

/**
 * How long each disk lasts that a recording needs: of the masters, of derived files, and of the log, each named once however
 * many of them it carries (by its first role). The rate is what leaves the disk, whoever writes: our own known rate, or how fast its free room
 * shrinks, whichever is more. Monotonic milliseconds.
 */
export function createDiskGauges(folders: readonly { role: DiskRole; folder: string }[]): {
  /** @param bitsPerSecond what we are known to write to the disk of the masters; `reserveBytes` must stay free there. */
  look(atMs: number, masters: { bitsPerSecond: number; reserveBytes: number }): Promise<DiskGauge[]>;
} {
  const histories = new Map<DiskRole, { atMs: number; freeBytes: number }[]>();
  let disks: { role: DiskRole; folder: string }[] | undefined;

  async function differentDisks() {
    const seen = new Set<number>();
    const found: { role: DiskRole; folder: string }[] = [];
    for (const { role, folder } of folders) {
      const { dev } = await stat(folder);
      if (!seen.has(dev)) found.push({ role, folder });
      seen.add(dev);
    }
    return found;
  }

  return {
    async look(atMs, masters) {
      disks ??= await differentDisks();
      return Promise.all(
        disks.map(async ({ role, folder }) => {
          const { bavail, bsize } = await statfs(folder);
          const freeBytes = bavail * bsize;
          const history = histories.get(role) ?? [];
          histories.set(role, history);
          history.push({ atMs, freeBytes });
          while ((history[0]?.atMs ?? atMs) < atMs - trendMs) history.shift();
          const own = role === 'masters' ? masters : { bitsPerSecond: 0, reserveBytes: 0 };
          const bitsPerSecond = Math.max(own.bitsPerSecond, shrinking(history));
          const room = Math.max(0, freeBytes - own.reserveBytes);
          return {
            role,
            freeBytes,
            bitsPerSecond,
            leftS: bitsPerSecond > 0 ? (room * 8) / bitsPerSecond : null,
          };
        }),
      );
    },
  };
}

/** Bits a second by which the free room has become less over the last minute. */
function shrinking(history: readonly { atMs: number; freeBytes: number }[]): number {
  const first = history[0];
  const last = history.at(-1);
  if (!first || !last || last.atMs - first.atMs < leastTrendMs) return 0;
  return Math.max(0, ((first.freeBytes - last.freeBytes) * 8000) / (last.atMs - first.atMs));
}
