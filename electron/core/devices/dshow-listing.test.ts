import { describe, expect, it } from 'vitest';
import * as listing from './dshow-listing.fixture.ts';
import { parseDshowDevices, parseDshowOptions } from './dshow-listing.ts';

describe('DirectShow devices', () => {
  it('reads headings of before ffmpeg 5', () => {
    expect(parseDshowDevices(listing.dshowDevices4).map(({ name, media }) => [name, media])).toEqual([
      ['USB 2861 Device', ['video']],
      ['Headset Microphone (Cirrus Logic CS4208 (AB 94))', ['audio']],
    ]);
  });
  it('reads media behind names since ffmpeg 5, and a filter that says none', () => {
    const devices = parseDshowDevices(listing.dshowDevices51);
    expect(devices.map(({ name, media }) => [name, media])).toEqual([
      ['USB2.0 VIDBOX NW07', ['video']],
      ['OBS Virtual Camera', []],
      ['Line (USB2.0 VIDBOX NW07)', ['audio']],
    ]);
    expect(devices[2]?.alternativeName).toMatch(/^@device_cm_\{.*\}\\wave_\{.*\}$/);
  });
  it('reads one filter with picture and sound', () => {
    expect(parseDshowDevices(listing.dshowDevices71)).toMatchObject([
      { name: 'Hauppauge Cx23100 Video Capture', media: ['video', 'audio'] },
    ]);
  });
  it('does not care which part of ffmpeg speaks', () => {
    expect(parseDshowDevices(listing.dshowDevices81).map(({ name, media }) => [name, media])).toEqual([
      ['screen-capture-recorder', ['video']],
      ['virtual-audio-capturer', ['audio']],
    ]);
  });
  it('reads Windows line ends', () => {
    const windows = listing.dshowDevices51.replaceAll('\n', '\r\n');
    expect(parseDshowDevices(windows)).toEqual(parseDshowDevices(listing.dshowDevices51));
  });
});

describe('DirectShow options', () => {
  const pal = {
    leastWidth: 720,
    leastHeight: 576,
    mostWidth: 720,
    mostHeight: 576,
    leastFps: 25,
    mostFps: 25,
  };
  it('gives each way once, and leaves out what ffmpeg does not know', () => {
    expect(parseDshowOptions(listing.dshowOptions5).pictures).toEqual([
      { pixelFormat: 'yuyv422', codec: undefined, ...pal },
      expect.objectContaining({ pixelFormat: 'yuyv422', mostHeight: 480, mostFps: 29.97 }),
    ]);
  });
  it('reads coded and raw pictures with their colour behind, and sound', () => {
    const { pictures, sound } = parseDshowOptions(listing.dshowOptions7);
    expect(pictures).toEqual([
      expect.objectContaining({ codec: 'mjpeg', pixelFormat: undefined, mostWidth: 640 }),
      { pixelFormat: 'uyvy422', codec: undefined, ...pal },
    ]);
    expect(sound).toEqual([
      { channels: 2, bitsPerSample: 16, sampleRateHz: 48_000 },
      { channels: 1, bitsPerSample: 16, sampleRateHz: 44_100 },
    ]);
  });
});
