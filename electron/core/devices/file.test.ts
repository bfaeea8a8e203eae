import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import type { OpenContext } from './device.ts';
import { file } from './file.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-file-'));
const { ffmpegPath, ffprobePath } = await locateFfmpeg();
const context: OpenContext = { workDir: folder, cacheDir: folder, ffmpegPath, ffprobePath };

afterAll(() => rm(folder, { recursive: true, force: true }));

const pal = ['-f', 'lavfi', '-i', 'testsrc=size=720x576:rate=25:duration=0.4'];
const ntsc = ['-f', 'lavfi', '-i', 'testsrc=size=720x480:rate=30000/1001:duration=0.33'];
const full = ['-f', 'lavfi', '-i', 'testsrc=size=720x486:rate=30000/1001:duration=0.33'];
const tone = ['-f', 'lavfi', '-i', 'sine=1000:r=48000:duration=0.4'];
const stereo = ['-ac', '2', '-c:a', 'pcm_s16le'];

interface Row {
  name: string;
  made: string[];
  codec: string;
  essence: 'copy' | 'encode';
  pixelFormat: string;
  fieldOrder: string;
  standard: string;
  frames: number | undefined;
  channels: number | undefined;
}

const rows: Row[] = [
  {
    name: 'pal.dv',
    made: [...pal, ...tone, ...stereo, '-target', 'pal-dv'],
    codec: 'dvvideo',
    essence: 'copy',
    pixelFormat: 'yuv420p',
    fieldOrder: 'bff',
    standard: 'PAL',
    frames: 10,
    channels: 2,
  },
  {
    name: 'ntsc.dv',
    made: [...ntsc, ...tone, ...stereo, '-target', 'ntsc-dv'],
    codec: 'dvvideo',
    essence: 'copy',
    pixelFormat: 'yuv411p',
    fieldOrder: 'bff',
    standard: 'NTSC',
    frames: 10,
    channels: 2,
  },
  {
    name: 'dv.avi',
    made: [...pal, ...tone, ...stereo, '-c:v', 'dvvideo', '-pix_fmt', 'yuv420p'],
    codec: 'dvvideo',
    essence: 'copy',
    pixelFormat: 'yuv420p',
    fieldOrder: 'bff',
    standard: 'PAL',
    frames: 10,
    channels: 2,
  },
  {
    name: 'dv.mov',
    made: [...pal, '-vf', 'setfield=bff', '-c:v', 'dvvideo', '-pix_fmt', 'yuv420p'],
    codec: 'dvvideo',
    essence: 'copy',
    pixelFormat: 'yuv420p',
    fieldOrder: 'bff',
    standard: 'PAL',
    frames: 10,
    channels: undefined,
  },
  {
    name: 'dvcpro50.mov',
    made: [...pal, '-vf', 'setfield=bff', '-c:v', 'dvvideo', '-pix_fmt', 'yuv422p'],
    codec: 'dvvideo',
    essence: 'copy',
    pixelFormat: 'yuv422p',
    fieldOrder: 'bff',
    standard: 'PAL',
    frames: 10,
    channels: undefined,
  },
  {
    name: 'hdv.ts',
    made: [
      '-f',
      'lavfi',
      '-i',
      'testsrc=size=1280x720:rate=25:duration=0.4',
      '-c:v',
      'mpeg2video',
      '-f',
      'mpegts',
    ],
    codec: 'mpeg2video',
    essence: 'copy',
    pixelFormat: 'yuv420p',
    fieldOrder: 'progressive',
    standard: 'other',
    frames: undefined,
    channels: undefined,
  },
  {
    name: 'v210.mov',
    made: [...full, ...tone, ...stereo, '-vf', 'setfield=bff', '-c:v', 'v210'],
    codec: 'v210',
    essence: 'encode',
    pixelFormat: 'yuv422p10le',
    fieldOrder: 'bff',
    standard: 'NTSC',
    frames: 10,
    channels: 2,
  },
  {
    name: 'uyvy.avi',
    made: [...pal, '-c:v', 'rawvideo', '-pix_fmt', 'uyvy422'],
    codec: 'rawvideo',
    essence: 'encode',
    pixelFormat: 'uyvy422',
    fieldOrder: 'tff',
    standard: 'PAL',
    frames: 10,
    channels: undefined,
  },
  {
    name: 'prores.mov',
    made: [
      ...pal,
      ...tone,
      ...tone,
      '-map',
      '0',
      '-map',
      '1',
      '-map',
      '2',
      '-c:v',
      'prores_ks',
      '-pix_fmt',
      'yuv422p10le',
      '-c:a',
      'pcm_s24le',
    ],
    codec: 'prores',
    essence: 'encode',
    pixelFormat: 'yuv422p10le',
    fieldOrder: 'progressive',
    standard: 'PAL',
    frames: 10,
    channels: 2,
  },
  {
    name: 'imx.mxf',
    made: [...pal, '-c:v', 'mpeg2video', '-pix_fmt', 'yuv422p', '-flags', '+ildct+ilme', '-top', '1'],
    codec: 'mpeg2video',
    essence: 'encode',
    pixelFormat: 'yuv422p',
    fieldOrder: 'tff',
    standard: 'PAL',
    frames: undefined,
    channels: undefined,
  },
  {
    name: 'ffv1.mkv',
    made: [...pal, '-c:v', 'ffv1', '-pix_fmt', 'yuv422p10le', '-vf', 'setfield=tff'],
    codec: 'ffv1',
    essence: 'encode',
    pixelFormat: 'yuv422p10le',
    fieldOrder: 'tff',
    standard: 'PAL',
    frames: undefined,
    channels: undefined,
  },
];

it.each(rows)('describes $name', async (row) => {
  const path = join(folder, row.name);
  await execa(ffmpegPath, ['-v', 'error', ...row.made, path]);
  const source = await file.open({ sourceId: 'file', argument: path }, context);
  expect({
    codec: source.codec,
    essence: source.essence,
    pixelFormat: source.video.pixelFormat,
    fieldOrder: source.video.fieldOrder,
    standard: source.video.standard,
    frames: source.expectedFrames,
    channels: source.audio?.channels,
    live: source.live,
  }).toEqual({
    codec: row.codec,
    essence: row.essence,
    pixelFormat: row.pixelFormat,
    fieldOrder: row.fieldOrder,
    standard: row.standard,
    frames: row.frames,
    channels: row.channels,
    live: false,
  });
  expect(source.description).toMatch(/field order \w+ \((stated|assumed)/);
  await source.close();
});

it('caps a file at the length that was asked for, and ffmpeg reads as many frames', async () => {
  const path = join(folder, 'long.dv');
  const long = ['-f', 'lavfi', '-i', 'testsrc=size=720x576:rate=25:duration=2'];
  await execa(ffmpegPath, ['-v', 'error', ...long, '-target', 'pal-dv', path]);
  const source = await file.open({ sourceId: 'file', argument: path, durationS: 1 }, context);
  expect(source.expectedFrames).toBe(25);
  const args = ['-v', 'error', ...source.inputArgs, '-map', '0:v', '-c', 'copy', '-f', 'framemd5', 'pipe:1'];
  const { stdout } = await execa(ffmpegPath, args);
  expect(stdout.split('\n').filter((line) => line.startsWith('0,'))).toHaveLength(25);
});

it('says that a file of sound has no picture', async () => {
  const path = join(folder, 'sound.wav');
  await execa(ffmpegPath, ['-v', 'error', ...tone, path]);
  await expect(file.open({ sourceId: 'file', argument: path }, context)).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    problem: expect.stringContaining('no picture'),
  });
});

it('takes pixel shape and colour from a file that states them, and leaves them open otherwise', async () => {
  const path = join(folder, 'stated.mkv');
  const words =
    'setsar=16/15,setparams=color_primaries=bt470bg:color_trc=smpte170m:colorspace=bt470bg:range=tv';
  const codec = ['-c:v', 'ffv1', '-pix_fmt', 'yuv422p10le'];
  await execa(ffmpegPath, ['-v', 'error', ...pal, '-vf', words, ...codec, path]);
  const { video } = await file.open({ sourceId: 'file', argument: path }, context);
  expect(video.sampleAspect).toEqual({ num: 16, den: 15 });
  expect(video.colour).toEqual({
    primaries: 'bt470bg',
    transfer: 'smpte170m',
    matrix: 'bt470bg',
    range: 'tv',
  });
  const silent = join(folder, 'silent.mkv');
  await execa(ffmpegPath, ['-v', 'error', ...pal, '-vf', 'setsar=0', ...codec, silent]);
  const { video: other } = await file.open({ sourceId: 'file', argument: silent }, context);
  expect([other.sampleAspect, other.colour]).toEqual([undefined, undefined]);
});
