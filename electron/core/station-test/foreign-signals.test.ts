import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import type { FoundBars } from './bars.ts';
import { decodeSection } from './decode-section.ts';
import { measureRecording } from './measure-recording.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-foreign-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Bars that ffmpeg draws, a second of them: another hand than ours, as a witness. */
async function measured(name: string, filter: string) {
  const path = join(folder, `${name}.mkv`);
  const [width, height] = [360, 288];
  const end = await runFfmpeg('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', `${filter},format=yuv422p10le`],
    ...[
      '-f',
      'lavfi',
      '-i',
      'sine=f=997:r=48000:d=1',
      '-t',
      '0.5',
      '-c:v',
      'ffv1',
      '-c:a',
      'pcm_s24le',
      path,
    ],
  ]);
  expect(end).toMatchObject({ reason: 'finished' });
  const video = {
    ...{ width, height, frameRate: { num: 25, den: 1 }, fieldOrder: 'tff' as const },
    ...{ pixelFormat: 'yuv422p10le', standard: 'PAL' as const },
  };
  const section = await decodeSection(
    path,
    { firstFrame: 0, frames: 12 },
    { ffmpegPath: 'ffmpeg', video, trackChannels: [1], sampleRateHz: 48_000 },
  );
  return measureRecording([section], 25, 48_000);
}

const barsOf = (found: FoundBars | undefined) => found?.bars ?? [];
const source = (name: string) => `${name}=s=360x288:r=25:d=1`;

it.each([
  ['pal75bars', 'ebu-100-0-75-0'],
  ['pal100bars', '100-0-100-0'],
  ['smptebars', 'smpte-75'],
])('%s of ffmpeg are known, within its 8-bit rounding', async (filter, pattern) => {
  const { bars, tones, soundOffset, fieldMotion } = await measured(filter, source(filter));
  expect(bars?.pattern).toBe(pattern);
  for (const { name, expected, measured: codes } of barsOf(bars)) {
    for (const [component, code] of codes.entries()) {
      // Six codes: an 8-bit step and a half.
      expect(Math.abs(code - (expected[component] ?? 0)), name).toBeLessThanOrEqual(6);
    }
  }
  expect(Math.abs(bars?.chroma.hueDeg ?? 99)).toBeLessThan(0.5);
  expect(tones[0]?.frequencyHz).toBeCloseTo(997, 1);
  expect([soundOffset, fieldMotion]).toEqual([undefined, undefined]);
});

it('finds them through the blanking, blur and noise of an analogue chain', async () => {
  // 702 of 720 pixels at half the raster, soft edges, noise of about 1 %.
  const chain = 'scale=350:288,pad=360:288:4:0:black,gblur=sigma=1:steps=1,noise=alls=6:allf=t';
  const { bars } = await measured('analogue', `${source('pal75bars')},format=yuv422p,${chain}`);
  expect(bars?.pattern).toBe('ebu-100-0-75-0');
  expect(Math.abs(bars?.chroma.gainDb ?? 99)).toBeLessThan(0.1);
  expect(bars?.noise.luma).toBeGreaterThan(4);
  for (const { expected, measured: codes, name } of barsOf(bars)) {
    expect(Math.abs(codes[0] - expected[0]), name).toBeLessThanOrEqual(8);
  }
});
