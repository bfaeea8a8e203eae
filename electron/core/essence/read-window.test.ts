import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReadWindow } from './read-window.ts';

const mebibyte = 1 << 20;
/** Not a whole number of pieces. */
const content = Buffer.alloc(31 * mebibyte + 12_345);
for (let at = 0; at + 4 <= content.length; at += 4) content.writeUInt32LE((at ^ 0x5bd1e995) >>> 0, at);

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-window-'));
  path = join(folder, 'file');
  await writeFile(path, content);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Looks at so many bytes in front of every step, and goes on by it. @returns how often the disk was asked, and for how much */
async function walk(steps: (turn: number) => number, bytes: number) {
  await using file = await open(path, 'r');
  const asked: { offset: number; length: number }[] = [];
  const counting = {
    read(memory: Buffer, at: number, length: number, offset: number) {
      asked.push({ offset, length });
      return file.read(memory, at, length, offset);
    },
  } as unknown as typeof file;
  const window = openReadWindow(counting, content.length);
  let loads = 0;
  for (let offset = 0, turn = 0; offset < content.length; offset += steps(turn), turn += 1) {
    let place = window.placeOf(offset, bytes);
    if (place < 0) {
      await window.load(offset, bytes);
      loads += 1;
      place = window.placeOf(offset, bytes);
    }
    const there = Math.min(bytes, content.length - offset);
    const end = Math.min(place + there, window.memoryEnd);
    const isSame = content.compare(window.memory, place, end, offset, offset + there) === 0;
    if (!isSame) expect.fail(`other bytes at ${offset}`);
  }
  return { loads, bytes: asked.reduce((sum, { length }) => sum + length, 0) };
}

test.each([
  ['small steps, and looks across every border', () => 999, 32],
  ['steps that are looked at whole', () => 3000, 3000],
  ['looks longer than what is carried over', () => 5000, 9000],
  ['steps of nearly a jump', () => 250_000, 32],
  ['steps of which some are a jump', (turn: number) => (turn % 3 === 0 ? 280_000 : 220_000), 32],
])('every byte that is looked at is that of the file: %s', async (_, step, bytes) => {
  const { loads, bytes: read } = await walk(step, bytes);
  expect(loads).toBeLessThan(60);
  if (bytes <= 4096) expect(read).toBeLessThan(content.length + 16_384);
});

test('what is jumped over is not read; who reads along again is given what lies there', async () => {
  const jumps = await walk(() => 700_000, 32);
  expect(jumps.bytes).toBeLessThan(5 * mebibyte);
  const wideAfterNarrow = await walk((turn) => (turn < 3000 ? 900 : 700_000), 32);
  expect(wideAfterNarrow.bytes).toBeLessThan(18 * mebibyte);
  // Along far enough that reading ahead begins, a jump over what was read ahead, and along again.
  const mixed = await walk((turn) => (turn === 3000 ? 9e6 : 900), 32);
  expect(mixed.bytes).toBeLessThan(content.length + 8 * mebibyte);
});

test('a disk that fails is told where its bytes are needed, and not before', async () => {
  let isBroken = false;
  await using file = await open(path, 'r');
  const breaking = {
    async read(memory: Buffer, at: number, length: number, offset: number) {
      if (isBroken) throw new Error('EIO');
      return file.read(memory, at, length, offset);
    },
  } as unknown as typeof file;
  const window = openReadWindow(breaking, content.length);
  await window.load(0, 32);
  await window.load(mebibyte, 32);
  isBroken = true;
  // What was asked for ahead by then is there; what is asked for from now on is not.
  await window.load(2 * mebibyte, 32);
  expect(window.placeOf(2 * mebibyte, 32)).toBeGreaterThanOrEqual(0);
  await window.load(6 * mebibyte, 32);
  await expect(window.load(10 * mebibyte, 32)).rejects.toThrow('EIO');
});
