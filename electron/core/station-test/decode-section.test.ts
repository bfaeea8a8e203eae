import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import type { VideoFormat } from '#shared/domain/formats.ts';
import { decodeSection, pairFrames } from './decode-section.ts';
import { findFlashes } from './flashes.ts';
import { measureRecording } from './measure-recording.ts';
import { testSections } from './test-sections.ts';

const rate = 30_000 / 1001;
const video: VideoFormat = {
  ...{ width: 64, height: 48, frameRate: { num: 30_000, den: 1001 }, fieldOrder: 'bff' },
  ...{ pixelFormat: 'yuv422p10le', standard: 'NTSC' },
};
const clap = 75;
let folder: string;
let path: string;

/** A master of four seconds: black, white from frame 75 for two frames; tone, and a beep that begins with them. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-section-'));
  path = join(folder, 'master.mkv');
  const beep = `between(t\\,${clap / rate}\\,${(clap + 2) / rate})`;
  const end = await runFfmpeg('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'color=black:s=64x48:r=30000/1001:d=4,format=yuv422p10le'],
    ...['-f', 'lavfi', '-i', `aevalsrc=0.125*sin(2*PI*if(${beep}\\,3000\\,1000)*t)|0:s=48000:d=4`],
    ...['-vf', `drawbox=c=white:t=fill:enable='between(n,${clap},${clap + 1})'`],
    ...['-c:v', 'ffv1', '-level', '3', '-g', '1', '-c:a', 'pcm_s24le', path],
  ]);
  expect(end).toMatchObject({ reason: 'finished' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const decoded = (firstFrame: number, frames: number) =>
  decodeSection(
    path,
    { firstFrame, frames },
    { ffmpegPath: 'ffmpeg', video, trackChannels: [2], sampleRateHz: 48_000 },
  );

it.each([0, 45])('begins at frame %i with picture and sound of one moment', async (firstFrame) => {
  const section = await decoded(firstFrame, 60 + 45 - firstFrame);
  expect(findFlashes(section.grid, rate)).toEqual([{ first: clap - firstFrame, end: clap - firstFrame + 2 }]);
  expect(section.channels.map((samples) => samples.some((sample) => sample !== 0))).toEqual([true, false]);
  expect(section.pairs.map(({ frame }) => frame)).toEqual(pairFrames(section.frames));
  const { soundOffset } = measureRecording([section], rate, 48_000);
  expect(soundOffset?.claps).toBe(1);
  expect(Math.abs(soundOffset?.ms ?? 99)).toBeLessThan(2.5);
});

it('tells a file that cannot be decoded', async () => {
  await expect(
    decodeSection(
      join(folder, 'none.mkv'),
      { firstFrame: 0, frames: 10 },
      { ffmpegPath: 'ffmpeg', video, trackChannels: [2], sampleRateHz: 48_000 },
    ),
  ).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});

it('takes a short test whole and a long one by its ends, in pairs that follow each other', () => {
  expect(testSections(1500, 25)).toEqual([{ firstFrame: 0, frames: 1500 }]);
  expect(testSections(90_000, 25)).toEqual([
    { firstFrame: 0, frames: 750 },
    { firstFrame: 89_250, frames: 750 },
  ]);
  for (const frames of [2, 3, 24, 100, 750, 1500]) {
    const firsts = pairFrames(frames);
    for (const [index, first] of firsts.entries()) {
      expect(first + 1).toBeLessThan(firsts[index + 1] ?? frames);
    }
  }
});
