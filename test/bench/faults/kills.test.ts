import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runKills } from './kills.ts';

const count = 8;
const seed = 2;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-kills-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test(`${count} kills of recorder, follower, engine and window (seed ${seed}): every frame is kept or stated`, async (context) => {
  if (process.platform !== 'linux') {
    context.skip('Followers are found in /proc: kills of whole stations were not tested.');
    return;
  }
  const tapes = await runKills({ folder, ffmpeg: await locateFfmpeg(), say: () => {}, count, seed });
  const killed = tapes.flatMap((tape) => tape.killed);
  expect(new Set(killed)).toEqual(new Set(['recorder', 'follower', 'engine', 'window']));
  expect(killed).toHaveLength(count);
  for (const tape of tapes) {
    expect(tape).toMatchObject({ state: 'sealed', unstatedFrames: 0, misplacedFrames: 0 });
    expect(tape.keptFrames).toBeGreaterThan(0);
    expect(tape.lostFrames / 25).toBeLessThanOrEqual(0.5);
    expect(tape.isRecovered).toBe(tape.isRecorderKilled);
  }
});
