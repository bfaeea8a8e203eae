import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HelicalError } from '#shared/domain/errors.ts';
import { alsaInput, soundBeside } from './alsa-sound.ts';
import { avfoundationInput } from './avfoundation.ts';
import { avfoundationModes } from './avfoundation-listing.fixture.ts';
import { parseAvfoundationModes } from './avfoundation-listing.ts';
import { readCardWishes } from './card-wishes.ts';
import { dshowInput } from './dshow.ts';
import { dshowDevices51, dshowOptions5, dshowOptions7 } from './dshow-listing.fixture.ts';
import { parseDshowDevices, parseDshowOptions } from './dshow-listing.ts';
import { v4l2Input } from './v4l2-input.ts';
import { v4l2FormatsGrabber, v4l2FormatsWebcam, v4l2Standards } from './v4l2-listing.fixture.ts';
import { parseV4l2Formats, parseV4l2Standards } from './v4l2-listing.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-cards-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('Video4Linux', () => {
  const grabber = {
    formats: parseV4l2Formats(v4l2FormatsGrabber),
    standards: parseV4l2Standards(v4l2Standards),
    channel: '1',
    clock: 'abs',
  };
  it('asks a card that knows standards for one, by the card’s own name', () => {
    const wishes = readCardWishes({ standard: 'pal' });
    expect(v4l2Input('/dev/video0', { ...grabber, wishes })).toEqual([
      ...[
        '-thread_queue_size',
        '250',
        '-f',
        'v4l2',
        '-timestamps',
        'abs',
        '-channel',
        '1',
        '-standard',
        'PAL',
      ],
      ...['-input_format', 'uyvy422', '-video_size', '720x576', '-i', '/dev/video0'],
    ]);
  });
  it('takes the rate of a standard from a card that knows none', () => {
    const ranged = parseV4l2Formats(v4l2FormatsGrabber).slice(1);
    const wishes = readCardWishes({ standard: 'ntsc', pixel_format: 'yuyv422', queue: '2' });
    const asked = { ...grabber, formats: ranged, standards: [], channel: undefined, wishes };
    expect(v4l2Input('/dev/video2', asked)).toEqual([
      ...['-thread_queue_size', '60', '-f', 'v4l2', '-timestamps', 'abs', '-input_format', 'yuyv422'],
      ...['-video_size', '720x486', '-framerate', '30000/1001', '-i', '/dev/video2'],
    ]);
  });
  it.each([
    ['a format that it has not', { pixel_format: 'rgb24' }],
    ['a compressed one', { pixel_format: 'mjpeg' }],
  ])('refuses %s', (_, options) => {
    const asked = {
      ...grabber,
      formats: parseV4l2Formats(v4l2FormatsWebcam),
      wishes: readCardWishes(options),
    };
    expect(() => v4l2Input('/dev/video0', asked)).toThrow(/does not deliver .* Choose pixel_format=yuyv422/);
  });
  it('refuses a standard that the card does not know', () => {
    const asked = { ...grabber, standards: [{ name: 'NTSC' }, { name: 'PAL-60' }] };
    expect(() => v4l2Input('/dev/video0', { ...asked, wishes: readCardWishes({ standard: 'pal' }) })).toThrow(
      /knows NTSC, PAL-60, not pal/,
    );
  });
});

describe('ALSA', () => {
  const sounds = [
    { name: 'hw:CARD=PCH,DEV=0', description: 'HDA Intel PCH', card: 0 },
    { name: 'hw:CARD=stk,DEV=0', description: 'stk1160', card: 1 },
  ];
  it('finds the sound in the same piece of hardware', async () => {
    const device = join(folder, 'sys/devices/pci0000:00/0000:00:14.0/usb1/1-2');
    await mkdir(join(device, '1-2:1.0'), { recursive: true });
    await mkdir(join(device, '1-2:1.1'), { recursive: true });
    await mkdir(join(folder, 'sys/devices/pci0000:00/0000:00:1f.3'), { recursive: true });
    const link = async (from: string, to: string) => {
      await mkdir(join(folder, from), { recursive: true });
      await symlink(to, join(folder, from, 'device'));
    };
    await link('sys/class/video4linux/video0', join(device, '1-2:1.0'));
    await link('sys/class/video4linux/video7', join(folder, 'sys/devices/pci0000:00/0000:00:1b.0'));
    await link('sys/class/sound/card0', join(folder, 'sys/devices/pci0000:00/0000:00:1f.3'));
    await link('sys/class/sound/card1', join(device, '1-2:1.1'));
    await writeFile(join(folder, 'note'), '');
    expect(await soundBeside('video0', sounds, folder)).toEqual(sounds[1]);
    expect(await soundBeside('video7', sounds, folder)).toBeUndefined();
    expect(await soundBeside('video9', sounds, folder)).toBeUndefined();
  });
  it('opens what is listed on the picture’s clock, and nothing else', () => {
    const wishes = { audioChannels: 2, audioRateHz: undefined };
    expect(alsaInput('hw:CARD=stk,DEV=0', sounds, wishes)).toEqual([
      ...['-thread_queue_size', '4096', '-isync', '0', '-f', 'alsa', '-channels', '2'],
      ...['-sample_rate', '48000', '-i', 'hw:CARD=stk,DEV=0'],
    ]);
    for (const name of ['file:FILE=/tmp/x,FORMAT=raw', 'hw:CARD=stk,DEV=1', '']) {
      expect(() => alsaInput(name, sounds, wishes)).toThrow(HelicalError);
    }
  });
});

describe('DirectShow', () => {
  const [video, , audio] = parseDshowDevices(dshowDevices51);
  if (!video || !audio) throw new Error('the fixture lacks a device');
  const { pictures } = parseDshowOptions(dshowOptions5);
  it('opens picture and sound together by their unique names, with a queue in bytes', () => {
    const wishes = readCardWishes({ standard: 'pal', queue: '4' });
    const { args, queueBytes } = dshowInput({ video, audio, pictures, wishes, crossbar: '1' });
    expect(queueBytes).toBe(720 * 576 * 2 * 25 * 4);
    expect(args).toEqual([
      ...['-f', 'dshow', '-rtbufsize', String(queueBytes), '-crossbar_video_input_pin_number', '1'],
      ...['-pixel_format', 'yuyv422', '-video_size', '720x576', '-framerate', '25/1'],
      ...['-sample_rate', '48000', '-channels', '2'],
      ...['-i', `video=${video.alternativeName}:audio=${audio.alternativeName}`],
    ]);
    expect(args.at(-1)?.split(':')).toHaveLength(2);
  });
  it('takes 29.97 as cards write it', () => {
    const wishes = readCardWishes({ standard: 'ntsc' });
    const { args } = dshowInput({ video, audio: undefined, pictures, wishes, crossbar: undefined });
    expect(args).toContain('720x480');
    expect(args).toContain('30000/1001');
  });
  it('prefers the format that a master keeps, and refuses what the card has not', () => {
    const other = parseDshowOptions(dshowOptions7).pictures;
    const input = (options: Record<string, string>) =>
      dshowInput({
        video,
        audio: undefined,
        pictures: other,
        wishes: readCardWishes(options),
        crossbar: undefined,
      });
    expect(input({}).args).toContain('uyvy422');
    expect(() => input({ size: '640x480' })).toThrow(/does not deliver 640x480/);
    expect(() => input({ standard: 'ntsc' })).toThrow(/does not deliver 720x486 or 720x480, 30000\/1001/);
  });
});

describe('AVFoundation', () => {
  const modes = parseAvfoundationModes(avfoundationModes);
  const video = { index: 0, name: 'USB Video: PAL' };
  it('opens by number, and keeps late frames', () => {
    const wishes = readCardWishes({ standard: 'ntsc' });
    expect(avfoundationInput({ video, audio: { index: 3, name: 'USB Audio' }, modes, wishes })).toEqual([
      ...['-thread_queue_size', '300', '-f', 'avfoundation', '-drop_late_frames', '0'],
      ...['-pixel_format', 'uyvy422', '-video_size', '720x480', '-framerate', '30000/1001', '-i', '0:3'],
    ]);
  });
  it('refuses a size or rate that the card has not', () => {
    const input = (options: Record<string, string>) => () =>
      avfoundationInput({ video, audio: undefined, modes, wishes: readCardWishes(options) });
    expect(input({ size: '1920x1080' })).toThrow(/delivers 720x576 at 25, 720x480 at 29.97/);
    expect(input({ standard: 'pal', framerate: '50' })).toThrow(HelicalError);
  });
});

it.each([
  ['standard', 'secam'],
  ['size', '720'],
  ['framerate', '0'],
  ['framerate', '25/0'],
  ['pixel_format', 'uyvy422 -i x'],
  ['audio_channels', '99'],
  ['queue', '-1'],
  ['field_order', 'odd'],
])('refuses %s=%s with its name', (name, value) => {
  expect(() => readCardWishes({ [name]: value })).toThrow(new RegExp(`not understood: ${name}: `));
});
