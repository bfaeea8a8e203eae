import { stat, statfs } from 'node:fs/promises';
import type { DiskGauge } from '#shared/domain/live.ts';
import type { DiskShare } from './disk-reserves.ts';

export type DiskRole = DiskGauge['role'];
/** The disk that a folder is on, and its free room. */
export type DiskLook = (folder: string) => Promise<{ device: number; freeBytes: number }>;

const trendMs = 60_000;
/** Over less than this, one large file of somebody else would look like a trend. */
const leastTrendMs = 30_000;

/**
 * How long each disk lasts that a recording needs: of the masters, of derived files, and of the log, each named once however
 * many of them it carries (by its first role). The rate is what leaves the disk, whoever writes: our own known rate, or how fast
 * its free room shrinks, whichever is more. Monotonic milliseconds.
 */
export function createDiskGauges(
  folders: readonly { role: DiskRole; folder: string }[],
  diskOf: DiskLook = diskNow,
  /** From what one recording writes to the disk of its masters to what all do that share the disk. */
  ofAll: (device: number, own: DiskShare) => DiskShare = (_, own) => own,
): {
  /**
   * @param masters what we are known to write to the disk of the masters, and what must stay free there.
   * A disk of derived files or of the log that cannot be asked is left out; rejects with the file system's error for the masters'.
   */
  look(atMs: number, masters: DiskShare): Promise<DiskGauge[]>;
} {
  const histories = new Map<number, { atMs: number; freeBytes: number }[]>();

  async function disksNow() {
    const found = new Map<number, { role: DiskRole; freeBytes: number }>();
    for (const { role, folder } of folders) {
      const disk = await diskOf(folder).catch((error: unknown) => {
        // Derived files can be made again, and the log says by itself that it cannot be written: the masters' gauges go on.
        if (role === 'masters') throw error;
        return undefined;
      });
      if (disk && !found.has(disk.device)) found.set(disk.device, { role, freeBytes: disk.freeBytes });
    }
    return found;
  }

  return {
    async look(atMs, masters) {
      return [...(await disksNow())].map(([device, { role, freeBytes }]) => {
        const history = histories.get(device) ?? [];
        histories.set(device, history);
        history.push({ atMs, freeBytes });
        while ((history[0]?.atMs ?? atMs) < atMs - trendMs) history.shift();
        const own = role === 'masters' ? ofAll(device, masters) : { bitsPerSecond: 0, reserveBytes: 0 };
        const bitsPerSecond = Math.max(own.bitsPerSecond, shrinking(history));
        const room = Math.max(0, freeBytes - own.reserveBytes);
        return {
          role,
          freeBytes,
          bitsPerSecond,
          leftS: bitsPerSecond > 0 ? (room * 8) / bitsPerSecond : null,
        };
      });
    },
  };
}

async function diskNow(folder: string): ReturnType<DiskLook> {
  const [{ dev }, { bavail, bsize }] = await Promise.all([stat(folder), statfs(folder)]);
  return { device: dev, freeBytes: bavail * bsize };
}

/** Bits a second by which the free room has become less over the last minute. */
function shrinking(history: readonly { atMs: number; freeBytes: number }[]): number {
  const first = history[0];
  const last = history.at(-1);
  if (!first || !last || last.atMs - first.atMs < leastTrendMs) return 0;
  return Math.max(0, ((first.freeBytes - last.freeBytes) * 8000) / (last.atMs - first.atMs));
}
