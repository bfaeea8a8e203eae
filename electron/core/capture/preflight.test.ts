import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { masterProfileSchema } from '#shared/domain/profiles.ts';
import { rational } from '#shared/domain/rational.ts';
import { measurePreflight } from './preflight.ts';

test('measures this machine, and leaves nothing behind', async () => {
  const text = await readFile(
    new URL('../../../resources/profiles/master/ffv1-10bit.json', import.meta.url),
    'utf8',
  );
  const mastersDir = await mkdtemp(join(tmpdir(), 'helical-preflight-'));
  const { ffmpegPath } = await locateFfmpeg();
  const measured = await measurePreflight({
    ffmpegPath,
    mastersDir,
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
  });
  expect(measured.speed).toBeGreaterThan(0.2);
  expect(measured.fits).toBe(measured.speed >= 1.3);
  expect(measured.diskLeftS).toBeGreaterThan(60);
  expect(measured.message).toContain(measured.speed.toFixed(1));
  expect(await readdir(mastersDir)).toEqual([]);
  await rm(mastersDir, { recursive: true });
});
