import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { askInputs } from '#core/ffmpeg/inputs.ts';
import { avfoundation } from './avfoundation.ts';
import { avfoundationDevices6, avfoundationModes } from './avfoundation-listing.fixture.ts';
import type { Device, OpenContext } from './device.ts';
import { dshow } from './dshow.ts';
import { dshowDevices51, dshowOptions5 } from './dshow-listing.fixture.ts';
import { type FakeAnswer, fakeDevices, fakeFfmpeg } from './fake-ffmpeg.fixture.ts';
import { hdv } from './iec61883.ts';
import { parseSelection } from './registry.ts';
import { alsaSourcesGrabber } from './sources-listing.fixture.ts';
import { v4l2 } from './v4l2.ts';
import { v4l2FormatsGrabber, v4l2Standards } from './v4l2-listing.fixture.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-card-open-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
let machines = 0;

/** What ffprobe says of raw pictures, and of sound. */
function arriving(width: number, height: number, pixelFormat: string, rate: string, sound: boolean): string {
  const picture = {
    index: 0,
    codec_type: 'video',
    codec_name: 'rawvideo',
    width,
    height,
    pix_fmt: pixelFormat,
    r_frame_rate: rate,
    avg_frame_rate: rate,
  };
  const streams = sound ? [picture, heard] : [picture];
  return JSON.stringify({ streams, format: { format_name: 'card' } });
}
const heard = { index: 1, codec_type: 'audio', codec_name: 'pcm_s16le', sample_rate: '48000', channels: 2 };
const onlySound = JSON.stringify({ streams: [heard], format: { format_name: 'alsa' } });

async function open(device: Device, selection: string, ffmpeg: FakeAnswer[], ffprobe: FakeAnswer[]) {
  const ffmpegPath = await fakeFfmpeg(folder, `ffmpeg-${++machines}`, ffmpeg);
  const ffprobePath = await fakeFfmpeg(folder, `ffprobe-${machines}`, ffprobe);
  const context: OpenContext = { workDir: folder, cacheDir: folder, ffmpegPath, ffprobePath };
  return device.open(parseSelection(selection), context, askInputs(ffmpegPath));
}

const linux: FakeAnswer[] = [
  fakeDevices('v4l2', 'alsa'),
  { when: ['-list_formats', '/dev/video0'], stderr: v4l2FormatsGrabber, exitCode: 1 },
  { when: ['-list_standards', '/dev/video0'], stderr: v4l2Standards, exitCode: 1 },
  { when: ['-sources', 'alsa'], stdout: alsaSourcesGrabber },
];
const sound = 'hw:CARD=stk1160mixer,DEV=0';

it('opens a Video4Linux card with the sound card beside it', async () => {
  const source = await open(v4l2, `v4l2:/dev/video0?standard=pal&audio=${sound}`, linux, [
    { when: ['-i', '/dev/video0', '-standard'], stdout: arriving(720, 576, 'uyvy422', '25/1', false) },
    { when: ['-i', sound], stdout: onlySound },
  ]);
  expect(source).toMatchObject({
    audioInput: 1,
    essence: 'encode',
    live: true,
    video: { width: 720, height: 576, fieldOrder: 'tff', standard: 'PAL', pixelFormat: 'uyvy422' },
    audio: { channels: 2, sampleRateHz: 48_000 },
  });
  expect(source.inputArgs.filter((word) => word === '-i')).toHaveLength(2);
  expect(source.queue).toEqual({ seconds: 10, capacityBytes: 720 * 576 * 2 * 25 * 10 });
  expect(source.inputArgs.slice(source.inputArgs.indexOf('-isync'))).toContain(sound);
  expect(source.description).toMatch(/720x576 uyvy422 at 25\/1, field order tff \(assumed from 576 lines\)/);
});

it('wants to be told which sound, where the machine does not know', async () => {
  await expect(open(v4l2, 'v4l2:/dev/video0', linux, [])).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    remedy: expect.stringContaining(`audio=none; there is null, default, hw:CARD=PCH,DEV=0, ${sound}`),
  });
  const silent = await open(v4l2, 'v4l2:/dev/video0?audio=none', linux, [
    { when: ['-i', '/dev/video0'], stdout: arriving(720, 480, 'uyvy422', '30000/1001', false) },
  ]);
  expect(silent.audio).toBeUndefined();
  expect(silent.audioInput).toBeUndefined();
  expect(silent.video).toMatchObject({ standard: 'NTSC', fieldOrder: 'bff' });
  expect(silent.description).toMatch(/without sound/);
});

it.each([
  ['another size', arriving(640, 480, 'uyvy422', '25/1', false), /delivers 640x480, not 720x576/],
  ['another format', arriving(720, 576, 'yuv420p', '25/1', false), /delivers yuv420p, not uyvy422/],
  ['another rate', arriving(720, 576, 'uyvy422', '30/1', false), /delivers 30\/1 frames a second, not 25\/1/],
  [
    'compressed pictures',
    arriving(720, 576, 'uyvy422', '25/1', false).replace('rawvideo', 'mjpeg'),
    /delivers compressed pictures \(mjpeg\)/,
  ],
])('refuses a card from which comes %s', async (_, said, sentence) => {
  const asked = 'v4l2:/dev/video0?size=720x576&framerate=25&pixel_format=uyvy422&audio=none';
  await expect(open(v4l2, asked, linux, [{ when: ['-i', '/dev/video0'], stdout: said }])).rejects.toThrow(
    sentence,
  );
});

it('says that another program has the card', async () => {
  const busy = { when: ['-i', '/dev/video0'], stderr: '/dev/video0: Device or resource busy\n', exitCode: 1 };
  await expect(open(v4l2, 'v4l2:/dev/video0?audio=none', linux, [busy])).rejects.toMatchObject({
    code: 'DEVICE_BUSY',
  });
});

const windows: FakeAnswer[] = [
  { when: ['-list_devices'], stderr: dshowDevices51, exitCode: 1 },
  { when: ['-list_options'], stderr: dshowOptions5, exitCode: 1 },
];

it('opens a DirectShow card and its sound on one clock, with a queue that is told', async () => {
  const selection = 'dshow:USB2.0 VIDBOX NW07?standard=pal&audio=Line (USB2.0 VIDBOX NW07)&queue=5';
  const source = await open(dshow, selection, windows, [
    { when: ['dshow', '-rtbufsize'], stdout: arriving(720, 576, 'yuyv422', '25/1', true) },
  ]);
  expect(source.queue).toEqual({ seconds: 5, capacityBytes: 720 * 576 * 2 * 25 * 5 });
  expect(source.audio).toEqual({ channels: 2, sampleRateHz: 48_000 });
  expect(source.audioInput).toBeUndefined();
});

it('lists DirectShow cards with what they deliver, and those that can only be seen', async () => {
  const ffmpegPath = await fakeFfmpeg(folder, 'ffmpeg-list', windows);
  const [card, ...others] = await dshow.discover({ ffmpegPath });
  expect(others).toEqual([]);
  expect(card).toMatchObject({ id: 'dshow:USB2.0 VIDBOX NW07', live: true });
  const choices = (name: string) =>
    card?.options.find((option) => option.name === name)?.choices.map(({ value }) => value);
  expect(choices('size')).toEqual(['720x576', '720x480']);
  expect(choices('pixel_format')).toEqual(['yuyv422']);
  expect(choices('audio')).toEqual(['Line (USB2.0 VIDBOX NW07)', 'none']);
});

it('opens an AVFoundation card by number', async () => {
  const mac: FakeAnswer[] = [
    { when: ['-list_devices'], stderr: avfoundationDevices6, exitCode: 1 },
    { when: ['-video_size', '2x2', '0:none'], stderr: avfoundationModes, exitCode: 1 },
  ];
  const source = await open(
    avfoundation,
    'avfoundation:USB Video?standard=pal&audio=USB Digital Audio',
    mac,
    [{ when: ['-i', '0:0'], stdout: arriving(720, 576, 'uyvy422', '25/1', true) }],
  );
  expect(source.inputArgs.at(-1)).toBe('0:0');
  expect(source.audio?.channels).toBe(2);
});

it('keeps HDV as it comes', async () => {
  const streams = [
    {
      ...{ index: 0, codec_type: 'video', codec_name: 'mpeg2video', width: 1440, height: 1080 },
      ...{ pix_fmt: 'yuv420p', field_order: 'tt', r_frame_rate: '25/1', avg_frame_rate: '25/1' },
    },
    { index: 1, codec_type: 'audio', codec_name: 'mp2', sample_rate: '48000', channels: 2 },
  ];
  const said = JSON.stringify({ streams, format: { format_name: 'iec61883' } });
  const source = await open(hdv, 'hdv:auto?queue=10', [], [{ when: ['-dvtype', 'hdv'], stdout: said }]);
  expect(source).toMatchObject({
    essence: 'copy',
    codec: 'mpeg2video',
    video: { fieldOrder: 'tff', width: 1440 },
    audio: { channels: 2, streamChannels: [2] },
  });
});
