import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDiskReserves } from './disk-reserves.ts';
import { defaultLimits } from './ports.ts';
import type { Recorder } from './recorder.ts';
import { type RecordingReading, systemClocks, watchRecording } from './recording-watch.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-watch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const deadline = performance.now() + 20_000; !holds(); await wait(20)) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
  }
}

// A disk is looked at once a second, and each has its own watch: they wait together.
test.concurrent('a wall clock that is set back in mid capture moves no gauge, and is noticed once', async () => {
  const masterPath = join(folder, 'master.mkv');
  const cardReportPath = join(folder, 'card.json');
  await writeFile(masterPath, 'frames');
  const startedAtMs = performance.now();
  let offsetMs = Date.now() - performance.now();
  const frames = () => Math.floor((performance.now() - startedAtMs) / 40);
  const readings: RecordingReading[] = [];
  const errors: unknown[] = [];
  const card = () => ({
    state: 'playing',
    ...{ capturedFrames: frames(), deliveredFrames: frames(), droppedFrames: 0 },
    ...{ queuedFrames: 1, queueCapacityFrames: 250, drops: [], signal: 'present' },
    atMs: performance.now() + offsetMs,
  });
  await writeFile(cardReportPath, JSON.stringify(card()));
  const watch = watchRecording({
    recorder: {
      reading: async () => {
        // The card reports before each look, by the wall clock as it is then.
        await writeFile(cardReportPath, JSON.stringify(card()));
        return {
          frames: frames(),
          duplicatedFrames: 0,
          outTimeS: frames() / 25,
          saidAtMs: performance.now() + offsetMs,
          masterBytes: frames() * 1000,
        };
      },
    } as unknown as Recorder,
    cardReportPath,
    sacredPaths: [masterPath, join(folder, 'not-there-yet')],
    folders: [
      { role: 'masters', folder },
      { role: 'derived', folder },
    ],
    framesPerSecond: 25,
    live: true,
    queueS: undefined,
    limits: { ...defaultLimits, reserveFloorBytes: 1 },
    reserves: createDiskReserves(),
    clocks: { wallMs: () => performance.now() + offsetMs, steadyMs: () => performance.now() },
    onReading: (reading) => void readings.push(reading),
    onDiskNearlyFull: () => errors.push(new Error('the disk was said to be full')),
    onError: (error) => errors.push(error),
  });
  await until('some looks were had', () => readings.length > 4);
  offsetMs -= 3_600_000;
  const before = readings.length;
  await until('more looks were had', () => readings.length > before + 8);
  await watch.stop();

  expect(errors).toEqual([]);
  const jumps = readings.filter(({ clockJumpS }) => Math.abs(clockJumpS) > 2);
  expect(jumps.map(({ clockJumpS }) => Math.round(clockJumpS))).toEqual([-3600]);
  for (const { lagS, untilLossS, sourceStillMs, masterBitsPerSecond } of readings.slice(2)) {
    expect({ lagS, untilLossS }).toEqual({ lagS: 0.04, untilLossS: null });
    expect(sourceStillMs).toBeLessThan(3_000);
    expect(masterBitsPerSecond).toBeGreaterThan(0);
  }
  const last = readings.at(-1);
  // Both folders are on one disk, which is named once.
  expect(last?.disks.map(({ role }) => role)).toEqual(['masters']);
  expect(last?.disks[0]?.leftS).toBeGreaterThan(0);
  expect(last?.writeLatency?.worstMs).toBeGreaterThanOrEqual(last?.writeLatency?.lastMs ?? 1);
});

/** Which of so many tapes on one disk, each at 8 Mb/s, are ended until all are, or the disk was looked at so often. */
async function endedOf(sessions: number, freeBytesAt: (look: number) => number, after: number) {
  const reserves = createDiskReserves();
  const ended: number[] = [];
  const errors: unknown[] = [];
  let looks = 0;
  const watches = Array.from({ length: sessions }, (_, at) => {
    const startedAtMs = performance.now();
    return watchRecording({
      recorder: {
        reading: async () => ({
          ...{ frames: 0, duplicatedFrames: 0, outTimeS: undefined, saidAtMs: undefined },
          masterBytes: Math.round((performance.now() - startedAtMs) * 1000),
        }),
      } as unknown as Recorder,
      ...{ cardReportPath: null, sacredPaths: [], framesPerSecond: 25, live: true, queueS: undefined },
      folders: [{ role: 'masters' as const, folder }],
      limits: { ...defaultLimits, reserveS: 20, reserveFloorBytes: 64 << 20 },
      reserves,
      diskOf: async () => ({ device: 7, freeBytes: freeBytesAt(looks++) }),
      clocks: systemClocks,
      onReading: () => {},
      onDiskNearlyFull: () => ended.push(at),
      onError: (error) => errors.push(error),
    });
  });
  await until('the disk was looked at', () => ended.length === sessions || looks >= after);
  await Promise.all(watches.map((watch) => watch.stop()));
  expect(errors).toEqual([]);
  return ended.sort();
}

test.concurrent('what must stay free is what all recordings on the disk need together', async () => {
  const enoughForOne = 150 << 20;
  const ended = await Promise.all([endedOf(1, () => enoughForOne, 4), endedOf(4, () => enoughForOne, 60)]);
  expect(ended).toEqual([[], [0, 1, 2, 3]]);
});

test.concurrent('a recording is ended at the third look in a row that finds too little room, not at one', async () => {
  const roomy = 10_000 << 20;
  const ended = await Promise.all([
    endedOf(1, (look) => (look === 1 || look === 3 ? 0 : roomy), 5),
    endedOf(1, (look) => (look >= 1 ? 0 : roomy), 9),
  ]);
  expect(ended).toEqual([[], [0]]);
});
