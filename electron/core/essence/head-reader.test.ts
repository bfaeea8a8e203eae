import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createHeadReader } from './head-reader.ts';

let folder: string;
let fd: number;
let clockMs: number;
/** What the next awaited reads take. */
let awaitedMs: number;
let awaitedReads: number;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-heads-'));
  const path = join(folder, 'counted');
  writeFileSync(path, Buffer.from(Array.from({ length: 256 }, (_, at) => at)));
  fd = openSync(path, 'r');
});
afterAll(() => {
  closeSync(fd);
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  clockMs = 0;
  awaitedMs = 0.08;
  awaitedReads = 0;
});

/** A file whose awaited reads take what the test says; each look at the clock takes `stepMs`. */
function reader(stepMs: () => number, diskReads = () => 0) {
  const read = async (bytes: Buffer, at: number, length: number, offset: number) => {
    awaitedReads += 1;
    clockMs += awaitedMs;
    return { bytesRead: readSync(fd, bytes, at, length, offset), buffer: bytes };
  };
  const file = { fd, read: read as FileHandle['read'] };
  const now = () => {
    clockMs += stepMs();
    return clockMs;
  };
  return createHeadReader(file, now, diskReads);
}

async function readTimes(count: number, headAt: ReturnType<typeof createHeadReader>) {
  for (let index = 0; index < count; index += 1) {
    const offset = index % 200;
    expect((await headAt(offset))[0]).toBe(offset);
  }
}

it('gives what is at a place, and less at the end', async () => {
  const headAt = reader(() => 0);
  await readTimes(90, headAt);
  expect([...(await headAt(250))]).toEqual([250, 251, 252, 253, 254, 255]);
  expect(await headAt(fstatSync(fd).size)).toHaveLength(0);
});

it('awaits few reads of a file that is in memory, and gives others their turn every 4 ms', async () => {
  const headAt = reader(() => 0.001);
  await readTimes(64, headAt);
  expect(awaitedReads).toBe(64);
  const turns: number[] = [];
  let began = clockMs;
  for (let index = 0; index < 20_000; index += 1) {
    const head = headAt(0);
    if (!(head instanceof Promise)) continue;
    turns.push(clockMs - began);
    await head;
    began = clockMs;
  }
  expect(awaitedReads).toBe(64);
  expect(turns.length).toBeGreaterThan(8);
  expect(Math.min(...turns)).toBeGreaterThan(3.9);
  expect(Math.max(...turns)).toBeLessThan(4.1);
});

it('awaits every read while a disk has to be waited for', async () => {
  awaitedMs = 8;
  await readTimes(
    100,
    reader(() => 0.001),
  );
  expect(awaitedReads).toBe(100);
});

/** From the thousandth on every fiftieth read is slow; what is read on the spot is so at its second look at the clock. */
async function heldUpTimes(diskReads: (reads: number) => number): Promise<number> {
  let [reads, looks, heldUp] = [0, 0, 0];
  const isSlow = () => reads >= 1000 && reads % 50 === 49;
  const headAt = reader(
    () => (++looks === 2 && isSlow() ? 8 : 0.001),
    () => diskReads(reads),
  );
  for (; reads < 20_000; reads += 1) {
    awaitedMs = isSlow() ? 8 : 0.08;
    looks = 0;
    const from = clockMs;
    const head = headAt(0);
    if (!(head instanceof Promise) && clockMs - from >= 8) heldUp += 1;
    await head;
  }
  return heldUp;
}

it('waits on the spot once for a disk that brings others along', async () => {
  expect(await heldUpTimes((reads) => reads)).toBe(1);
});

it('does not take an interrupted read for one of a disk', async () => {
  expect(await heldUpTimes(() => 0)).toBeGreaterThan(300);
  expect(awaitedReads).toBe(64);
});
