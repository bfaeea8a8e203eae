import { open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type CardReport, readCardReport } from '#core/devices/card-report.ts';
import type { DiskGauge } from '#shared/domain/live.ts';
import { createDiskGauges, type DiskLook, type DiskRole } from './disk-gauges.ts';
import type { DiskReserves } from './disk-reserves.ts';
import { createGauges, type GaugeReading, reserveBytes } from './gauges.ts';
import type { CaptureLimits } from './ports.ts';
import type { Recorder, RecorderReading } from './recorder.ts';
import { createWriteLatency, type WriteLatency } from './write-latency.ts';

/** All gauges of one recording at one moment. */
export interface RecordingReading extends GaugeReading, RecorderReading {
  /** Of the monotonic clock. */
  atMs: number;
  card: CardReport | undefined;
  disks: readonly DiskGauge[];
  writeLatency: WriteLatency | undefined;
  /** By how much the wall clock has jumped against the monotonic one since the last look, in seconds. */
  clockJumpS: number;
}

export interface RecordingWatch {
  /** A barrier: nothing is read or called afterwards. */
  stop(): Promise<void>;
}

/** Milliseconds of the wall clock, which may be set at any time, and of one that cannot be. */
export interface Clocks {
  wallMs(): number;
  steadyMs(): number;
}

export const systemClocks: Clocks = { wallMs: () => Date.now(), steadyMs: () => performance.now() };

const everyMs = 200;
const disksEveryMs = 1_000;
const settleEveryMs = 300;
/** One look may fall on a moment in which somebody else's passing file lies on the disk; an ended recording is ended for good. */
const lowLooks = 3;

/** Reads the recorder's files, the card's report and the disks, five times a second, until it is stopped. */
export function watchRecording(options: {
  recorder: Recorder;
  cardReportPath: string | null;
  /** Files that are to reach the disk itself within half a second, so that a power cut costs no more than a crash. */
  sacredPaths: readonly string[];
  /** The masters' disk first. */
  folders: readonly { role: DiskRole; folder: string }[];
  framesPerSecond: number;
  live: boolean;
  queueS: number | undefined;
  limits: CaptureLimits;
  /** What the other recordings of this engine need. */
  reserves: DiskReserves;
  clocks: Clocks;
  /** Left out: what the system says. */
  diskOf?: DiskLook;
  onReading(reading: RecordingReading): void;
  /** Called once: the recording must be ended now. */
  onDiskNearlyFull(): void;
  onError(error: unknown): void;
}): RecordingWatch {
  const { recorder, limits, clocks, reserves } = options;
  const gauges = createGauges(options);
  let neededBytes = 0;
  const diskGauges = createDiskGauges(options.folders, options.diskOf, (device, own) => {
    const all = reserves.set(recorder, device, own);
    neededBytes = all.reserveBytes;
    return all;
  });
  const latency = createWriteLatency(clocks.steadyMs);
  const stopping = new AbortController();
  let disks: DiskGauge[] = [];
  let disksReadAtMs = Number.NEGATIVE_INFINITY;
  let looksBelow = 0;
  let toldOfDisk = false;
  let clockOffsetMs = clocks.wallMs() - clocks.steadyMs();

  async function look(): Promise<void> {
    const said = await recorder.reading();
    const card = options.cardReportPath === null ? undefined : await readCardReport(options.cardReportPath);
    const atMs = clocks.steadyMs();
    const offsetMs = clocks.wallMs() - atMs;
    const clockJumpS = (offsetMs - clockOffsetMs) / 1000;
    clockOffsetMs = offsetMs;
    // The card tells the wall clock; a report from before the clock was set is as good as one from now.
    const saidAtMs = card && Math.abs(clockJumpS) < 1 ? Math.min(atMs, card.atMs - offsetMs) : atMs;
    const gauge = gauges.add({ atMs, card: card && { ...card, saidAtMs }, ...said });
    const reserve = reserveBytes({
      bitsPerSecond: gauge.masterBitsPerSecond,
      frames: said.frames,
      reserveS: limits.reserveS,
      floorBytes: limits.reserveFloorBytes,
    });
    // Where room is short it is looked at every time.
    const isDue = looksBelow > 0 || atMs - disksReadAtMs >= disksEveryMs;
    let isFresh = isDue;
    if (isDue) {
      disksReadAtMs = atMs;
      const masters = { bitsPerSecond: gauge.masterBitsPerSecond, reserveBytes: reserve };
      // Lag and signal are told all the same.
      disks = await diskGauges.look(atMs, masters).catch((error: unknown) => {
        options.onError(error);
        isFresh = false;
        return disks;
      });
    }
    if (stopping.signal.aborted) return;
    const writeLatency = latency.reading();
    options.onReading({ ...said, ...gauge, atMs, card, disks, writeLatency, clockJumpS });
    const masters = disks.find(({ role }) => role === 'masters');
    if (!masters || !isFresh || toldOfDisk) return;
    looksBelow = masters.freeBytes < neededBytes ? looksBelow + 1 : 0;
    if (looksBelow < lowLooks) return;
    toldOfDisk = true;
    options.onDiskNearlyFull();
  }

  /** What a recorder has written may lie in memory for half a minute: the system is asked to write it down. */
  async function settle(): Promise<void> {
    for (const path of options.sacredPaths) {
      try {
        await using file = await open(path, 'r');
        await latency.time(() => file.datasync());
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
  }

  async function runSettling(): Promise<void> {
    while (!stopping.signal.aborted) {
      await settle().catch(options.onError);
      await wait(settleEveryMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await look();
      } catch (error) {
        // Looking must not end because one look failed: the recorder does not know of it.
        options.onError(error);
      }
      await wait(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }
  const running = Promise.all([run(), runSettling()]);
  return {
    async stop() {
      stopping.abort();
      await running;
      reserves.release(recorder);
    },
  };
}
