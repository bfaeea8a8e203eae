import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDriftGauge, soundMinusPictureMs } from './drift.ts';

const jitter = [40, 0, 80, 40, 20];

it('says nothing until it knows by how much the sound leads, and does not take the lead for drift', () => {
  const gauge = createDriftGauge();
  expect(jitter.map((ms) => gauge.add(120 + ms))).toEqual([null, null, null, null, null]);
  const readings = Array.from({ length: 20 }, (_, at) => gauge.add(120 + (jitter[at % 5] as number)));
  for (const reading of readings.slice(5)) expect(reading).toBe(0);
});

it('finds a frame of drift through the jitter', () => {
  const gauge = createDriftGauge();
  const rate = 40 / 60;
  const readings = Array.from({ length: 66 }, (_, second) =>
    gauge.add(120 + (jitter[second % 5] as number) + second * rate),
  );
  expect(readings.at(-1)).toBeGreaterThan(30);
  expect(readings.at(-1)).toBeLessThan(60);
});

it('reads where two whole lists end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'helical-drift-'));
  const [frames, sound] = [join(folder, 'frames'), join(folder, 'sound')];
  const hash = 'd41d8cd98f00b204e9800998ecf8427e';
  const row = (pts: number, duration: number) => `0, ${pts}, ${pts}, ${duration}, 100, ${hash}`;
  await writeFile(frames, `#format: frame checksums\n${row(0, 1)}\n${row(24, 1)}\n`);
  await writeFile(sound, `#format: frame checksums\n${row(0, 1920)}\n${row(48_000, 1920)}\n0, 4`);
  expect(await soundMinusPictureMs(frames, sound, { num: 25, den: 1 }, 48_000)).toBe(40);
  await writeFile(sound, '#format: frame checksums\n');
  expect(await soundMinusPictureMs(frames, sound, { num: 25, den: 1 }, 48_000)).toBeNull();
  expect(await soundMinusPictureMs(frames, join(folder, 'absent'), { num: 25, den: 1 }, 48_000)).toBeNull();
  await rm(folder, { recursive: true });
});
