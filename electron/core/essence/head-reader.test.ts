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
function reader(stepMs: () => number) {
  const read = async (bytes: Buffer, at: number, length: number, offset: number) => {
    awaitedReads += 1;
    clockMs += awaitedMs;
    return { bytesRead: readSync(fd, bytes, at, length, offset), buffer: bytes };
  };
  const file = { fd, read: read as FileHandle['read'] };
  return createHeadReader(file, () => {
    clockMs += stepMs();
    return clockMs;
  });
}

async function readTimes(count: number, headAt: ReturnType<typeof createHeadReader>) {
  for (let index = 0; index < count; index += 1) {
    const offset = index % 200;
    expect((await headAt(offset))[0]).toBe(offset);
  }
}

it('gives what is at a place, and less at the end', async () => {
  const headAt = reader(() => 0);
  await readTimes(40, headAt);
  expect([...(await headAt(250))]).toEqual([250, 251, 252, 253, 254, 255]);
  expect(await headAt(fstatSync(fd).size)).toHaveLength(0);
});

it('awaits few reads of a file that is in memory, and gives others their turn every 4 ms', async () => {
  const headAt = reader(() => 0.001);
  await readTimes(8, headAt);
  expect(awaitedReads).toBe(8);
  const turns: number[] = [];
  let began = clockMs;
  for (let index = 0; index < 20_000; index += 1) {
    const head = headAt(0);
    if (!(head instanceof Promise)) continue;
    turns.push(clockMs - began);
    await head;
    began = clockMs;
  }
  expect(awaitedReads).toBe(8);
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

it('waits on the spot once at most when a disk becomes slow', async () => {
  let stepMs = 0.001;
  const headAt = reader(() => stepMs);
  await readTimes(30, headAt);
  expect(awaitedReads).toBe(8);
  [stepMs, awaitedMs] = [2, 8];
  await readTimes(1, headAt);
  expect(awaitedReads).toBe(8);
  stepMs = 0.001;
  await readTimes(50, headAt);
  expect(awaitedReads).toBe(58);
});
