import { open, statfs } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type CardReport, readCardReport } from '#core/devices/card-report.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { createGauges, createLatch, type GaugeReading, reserveBytes } from './gauges.ts';
import type { CaptureLimits } from './ports.ts';
import type { Recorder, RecorderReading } from './recorder.ts';

/** All gauges of one recording at one moment. */
export interface RecordingReading extends GaugeReading, RecorderReading {
  card: CardReport | undefined;
  diskFreeBytes: number;
  diskLeftS: number | null;
}

export interface RecordingWatch {
  /** A barrier: nothing is read or called afterwards. */
  stop(): Promise<void>;
}

const everyMs = 200;
const diskAlarmS = 600;
const settleEveryMs = 300;

/** Reads the recorder's files, the card's report and the disk, five times a second, until it is stopped. */
export function watchRecording(options: {
  recorder: Recorder;
  cardReportPath: string | null;
  /** Files that are to reach the disk itself within half a second, so that a power cut costs no more than a crash. */
  sacredPaths: readonly string[];
  mastersDir: string;
  framesPerSecond: number;
  live: boolean;
  limits: CaptureLimits;
  onReading(reading: RecordingReading): void;
  onAlarm(kind: Pass['alarms'][number]['kind'], message: string): void;
  /** Called once: the recording must be ended now. */
  onDiskNearlyFull(): void;
  onError(error: unknown): void;
}): RecordingWatch {
  const { recorder, limits } = options;
  const gauges = createGauges(options);
  const latches = { lag: createLatch(), disk: createLatch(), signal: createLatch(), dropped: createLatch() };
  const stopping = new AbortController();
  let diskFreeBytes = 0;
  let diskReadAtMs = 0;
  let dropped = { frames: 0, atMs: 0 };
  let toldOfDisk = false;

  async function look(): Promise<void> {
    const atMs = Date.now();
    if (atMs - diskReadAtMs >= 1000) {
      const disk = await statfs(options.mastersDir);
      diskFreeBytes = disk.bavail * disk.bsize;
      diskReadAtMs = atMs;
    }
    const said = await recorder.reading();
    const card = options.cardReportPath === null ? undefined : await readCardReport(options.cardReportPath);
    const gauge = gauges.add({ atMs, card, ...said });
    const bytesPerS = gauge.masterBitsPerSecond / 8;
    const reserve = reserveBytes({
      bitsPerSecond: gauge.masterBitsPerSecond,
      frames: said.frames,
      reserveS: limits.reserveS,
      floorBytes: limits.reserveFloorBytes,
    });
    const diskLeftS = bytesPerS > 0 ? Math.max(0, diskFreeBytes - reserve) / bytesPerS : null;
    if (stopping.signal.aborted) return;
    options.onReading({ ...said, ...gauge, card, diskFreeBytes, diskLeftS });
    judge(gauge, card, diskLeftS, atMs);
    if (diskFreeBytes < reserve && !toldOfDisk) {
      toldOfDisk = true;
      options.onDiskNearlyFull();
    }
  }

  function judge(
    gauge: GaugeReading,
    card: CardReport | undefined,
    diskLeftS: number | null,
    atMs: number,
  ): void {
    const { lagS, untilLossS } = gauge;
    const filled = card ? card.queuedFrames / card.queueCapacityFrames : (lagS ?? 0) / 20;
    const soon = untilLossS !== null && untilLossS < 20 && filled >= 0.25;
    if (latches.lag.update({ isBad: soon || filled >= 0.5, isGood: filled < 0.1 })) {
      const left =
        untilLossS === null ? '' : ` Frames are lost in ${Math.round(untilLossS)} s if it goes on so.`;
      options.onAlarm('lag', `The recorder is ${(lagS ?? 0).toFixed(1)} s behind the tape.${left}`);
    }
    const shortOfDisk = diskLeftS !== null && diskLeftS < diskAlarmS;
    if (latches.disk.update({ isBad: shortOfDisk, isGood: (diskLeftS ?? 0) > 1.5 * diskAlarmS })) {
      options.onAlarm(
        'disk',
        `The disk of the masters holds ${Math.round((diskLeftS ?? 0) / 60)} more minutes.`,
      );
    }
    const isLost = card?.signal === 'lost';
    if (latches.signal.update({ isBad: isLost, isGood: !isLost })) {
      options.onAlarm('signal-lost', 'The card has no signal.');
    }
    const more = (card?.droppedFrames ?? 0) - dropped.frames;
    if (card && more > 0) dropped = { frames: card.droppedFrames, atMs };
    if (latches.dropped.update({ isBad: more > 0, isGood: atMs - dropped.atMs > 5_000 })) {
      options.onAlarm('frames-dropped', `The card has thrown away ${dropped.frames} frames so far.`);
    }
  }

  /** What a recorder has written may lie in memory for half a minute: the system is asked to write it down. */
  async function settle(): Promise<void> {
    for (const path of options.sacredPaths) {
      try {
        await using file = await open(path, 'r');
        await file.datasync();
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
    },
  };
}
