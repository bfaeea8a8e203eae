import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { masterProfileSchema } from '#shared/domain/profiles.ts';
import { rational } from '#shared/domain/rational.ts';
import { type FigureRequest, measureMachine } from './machine-figure.ts';

test('measures this machine, and leaves nothing behind', async () => {
  const text = await readFile(
    new URL('../../../resources/profiles/master/ffv1-10bit.json', import.meta.url),
    'utf8',
  );
  const mastersDir = await mkdtemp(join(tmpdir(), 'helical-preflight-'));
  const { ffmpegPath } = await locateFfmpeg();
  const request: FigureRequest = {
    ffmpegPath,
    mastersDir,
    nice: 0,
    isAlone: false,
    // So that the fewer slices are tried too.
    comfortableSpeed: 1_000,
    profile: masterProfileSchema.parse(JSON.parse(text)),
    audio: { channels: 4, sampleRateHz: 48_000 },
    video: {
      width: 192,
      height: 144,
      frameRate: rational(25),
      fieldOrder: 'tff',
      pixelFormat: 'yuv422p10le',
      standard: 'PAL',
    },
  };
  const measured = await measureMachine(request);
  expect(measured?.speed).toBeGreaterThan(0.2);
  expect(measured?.speedWithFewerSlices).toBeGreaterThan(0.2);
  // Never more than the picture has: noise is not smaller by much, and sound is added.
  expect(measured?.bytesPerS).toBeGreaterThan(192 * 144 * 25);
  expect(measured?.bytesPerS).toBeLessThanOrEqual(192 * 144 * 25 * 2.5 + 4 * 48_000 * 3);
  expect(measured?.diskBytesPerS).toBeGreaterThan(100_000);
  expect(await measureMachine({ ...request, signal: AbortSignal.abort() })).toBeUndefined();
  expect(await readdir(mastersDir)).toEqual([]);
  await rm(mastersDir, { recursive: true });
});
