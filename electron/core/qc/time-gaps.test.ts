import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { packetTimesOutput, readTimeGaps } from './time-gaps.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-gaps-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Gaps of a file that holds only those of a hundred frames for which ffmpeg's expression on their number `n` holds. */
async function gapsOf(name: string, kept: string) {
  const { ffmpegPath } = await locateFfmpeg();
  const [tape, times] = [join(folder, `${name}.mkv`), join(folder, `${name}.txt`)];
  const graph = `testsrc=s=64x48:r=30000/1001:d=3.4,select='${kept}'`;
  for (const args of [
    ['-f', 'lavfi', '-i', graph, '-fps_mode', 'passthrough', '-c:v', 'ffv1', tape],
    ['-i', tape, ...packetTimesOutput(times)],
  ]) {
    expect(await runFfmpeg(ffmpegPath, ['-v', 'error', ...args])).toMatchObject({ reason: 'finished' });
  }
  return readTimeGaps(times, { num: 30_000, den: 1001 });
}

it('finds where frames are missing, and how many', async () => {
  expect(await gapsOf('whole', '1')).toEqual([]);
  expect(await gapsOf('cut', 'not(eq(n,20)+between(n,50,52))')).toEqual([
    { frame: 20, lostFrames: 1 },
    { frame: 49, lostFrames: 3 },
  ]);
});

it('says nothing of a file whose rate varies', async () => {
  expect(await gapsOf('uneven', 'not(eq(mod(n,5),1))')).toEqual([]);
});
