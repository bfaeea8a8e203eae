import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countEssence } from './essence-count.ts';

const row = (stream: number, pts: number, duration: number) =>
  `${stream}, ${pts}, ${pts}, ${duration}, 100, d41d8cd98f00b204e9800998ecf8427e\n`;

test('counts both lists while they grow, each row once, and only the first track', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'helical-count-'));
  const [frameHashesPath, audioHashesPath] = [join(folder, 'frames'), join(folder, 'sound')];
  const count = countEssence({
    frameHashesPath,
    audioHashesPath,
    frameRate: { num: 25, den: 1 },
    sampleRateHz: 48_000,
  });
  expect(await count.read()).toBeUndefined();
  await writeFile(frameHashesPath, `#format: frame checksums\n#tb 0: 1/25\n${row(0, 0, 1)}${row(0, 4, 1)}`);
  await writeFile(audioHashesPath, '#tb 0: 1/48000\n#tb 1: 1/48000\n');
  expect(await count.read()).toBeUndefined();
  const sound = `${row(0, 960, 1920)}${row(1, 960, 1920)}${row(0, 2880, 1920)}`;
  await appendFile(audioHashesPath, `${sound}0, 4800`);
  // Two frames whatever their times: a gap of the source is no picture.
  expect(await count.read()).toEqual({ pictureS: 0.08, soundS: 0.08, startOffsetMs: 20 });
  await appendFile(audioHashesPath, row(0, 4800, 1920).slice('0, 4800'.length));
  expect(await count.read()).toMatchObject({ pictureS: 0.08, soundS: 0.12 });
  expect(count.counts()).toEqual({ frames: 2, soundS: 0.12 });
  await count.close();
  await rm(folder, { recursive: true });
});
