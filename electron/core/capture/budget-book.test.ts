import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import type { Session } from '#shared/domain/live.ts';
import { masterProfileSchema } from '#shared/domain/profiles.ts';
import { rational } from '#shared/domain/rational.ts';
import { createBudgetBook } from './budget-book.ts';

const profilePath = new URL('../../../resources/profiles/master/ffv1-10bit.json', import.meta.url);
const profile = masterProfileSchema.parse(JSON.parse(readFileSync(profilePath, 'utf8')));
const video = {
  width: 192,
  height: 144,
  frameRate: rational(25),
  fieldOrder: 'tff',
  pixelFormat: 'yuv422p10le',
  standard: 'PAL',
} as const;
const wished = { video, audio: undefined, profile, durationS: 10 };

let mastersDir: string;
beforeAll(async () => {
  mastersDir = await mkdtemp(join(tmpdir(), 'helical-budget-'));
});
afterAll(() => rm(mastersDir, { recursive: true, force: true }));

const capture = (changes: Partial<Session>) =>
  ({
    ...{ video, state: 'recording', lagS: 0, untilLossS: null, frames: 50 },
    masterBitsPerSecond: 8e6,
    durationS: null,
    ...changes,
  }) as Session;

const open = (ffmpegPath: string, sessions: () => Session[]) =>
  createBudgetBook({ ffmpegPath, mastersDir, reserve: { seconds: 20, floorBytes: 1 << 20 }, sessions });

test('a capture that is behind is left alone: nothing is run beside it', async () => {
  const behind = [capture({ lagS: 3 })];
  // It would fail, if it were run.
  const book = open('/nowhere/ffmpeg', () => behind);
  expect(await book.measure(wished)).toMatchObject({ isFresh: false, speed: null, captures: 2, fits: false });
  expect(await book.reckon(wished)).toBeUndefined();
  behind[0] = capture({ untilLossS: 5 });
  expect(await book.measure(wished)).toMatchObject({ isFresh: false });
  behind.length = 0;
  await expect(book.measure(wished)).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
});

test('a measurement is broken off when a capture falls behind, and the last figure counts', async () => {
  const { ffmpegPath } = await locateFfmpeg();
  let sessions: Session[] = [];
  let asked = 0;
  const book = open(ffmpegPath, () => {
    // The first look finds it well, the ones during the measurement do not.
    asked += 1;
    return asked > 2 && sessions.length > 0 ? [capture({ lagS: 3 })] : sessions;
  });
  const alone = await book.measure(wished);
  expect(alone).toMatchObject({ isFresh: true, captures: 1 });
  sessions = [capture({})];
  asked = 0;
  const beside = await book.measure(wished);
  expect(beside).toMatchObject({
    isFresh: false,
    captures: 2,
    message: expect.stringContaining('as last measured'),
  });
  expect(beside.speed).toBeCloseTo(Math.max(0, (alone.speed ?? 0) - 1), 1);
  // Another picture was never measured.
  expect(await book.reckon({ ...wished, video: { ...video, width: 360 } })).toBeUndefined();
  expect(await readdir(mastersDir)).toEqual([]);
});

test('a measurement is broken off when a recording begins: it would take the machine from it', async () => {
  const { ffmpegPath } = await locateFfmpeg();
  let asked = 0;
  const book = open(ffmpegPath, () => {
    // Nothing runs as it is begun; a moment later somebody pressed Record, and nothing is behind yet.
    asked += 1;
    return asked > 3 ? [capture({})] : [];
  });
  expect(await book.measure(wished)).toMatchObject({ isFresh: false, speed: null, captures: 2 });
  expect(await readdir(mastersDir)).toEqual([]);
});

test('nothing is measured where a capture could be ended for want of the room that it takes', async () => {
  const recording = capture({ masterBitsPerSecond: 800e6 });
  // Its reserve is 20 s at 100 MB/s; the measurement's own files are some hundred megabytes.
  const reserved = 20 * 100e6 + (1 << 20);
  const book = (free: number) =>
    createBudgetBook({
      ...{ ffmpegPath: '/nowhere/ffmpeg', mastersDir, sessions: () => [recording] },
      reserve: { seconds: 20, floorBytes: 1 << 20 },
      freeBytes: async () => free,
    });
  expect(await book(reserved + 50e6).measure(wished)).toMatchObject({
    ...{ isFresh: false, speed: null, fits: false },
    message: expect.stringContaining('the disk of the masters has no room for it'),
  });
  await expect(book(reserved + 400e6).measure(wished)).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
});

test('a figure counts for a day, and for the very profile that it was measured with', async () => {
  const { ffmpegPath } = await locateFfmpeg();
  let nowMs = 0;
  const book = createBudgetBook({
    ...{ ffmpegPath, mastersDir, sessions: () => [], steadyMs: () => nowMs },
    reserve: { seconds: 20, floorBytes: 1 << 20 },
  });
  await book.measure(wished);
  expect(await book.reckon(wished)).toMatchObject({ isFresh: false });
  const changed = { ...profile, master: { ...profile.master, slices: { sd: 4, hd: 4 } } };
  expect(await book.reckon({ ...wished, profile: changed })).toBeUndefined();
  nowMs = 25 * 3_600_000;
  expect(await book.reckon(wished)).toBeUndefined();
});
