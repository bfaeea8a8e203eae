import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runPowerCuts } from './power-cut.ts';

const count = 16;
const seed = 3;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-cuts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test(`${count} power cuts (seed ${seed}): every whole frame is kept, nothing is invented, and the cut file can be made again`, async () => {
  const outcomes = await runPowerCuts({ folder, ffmpeg: await locateFfmpeg(), say: () => {}, count, seed });
  expect(outcomes.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  expect(new Set(outcomes.map(({ cut }) => cut.kind)).size).toBeGreaterThan(3);
  expect(outcomes.some(({ expected }) => expected === 0)).toBe(true);
  expect(Math.max(...outcomes.map(({ kept }) => kept))).toBeGreaterThan(30);
});
