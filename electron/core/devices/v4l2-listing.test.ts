import { expect, it } from 'vitest';
import * as listing from './v4l2-listing.fixture.ts';
import { parseV4l2Formats, parseV4l2Standards } from './v4l2-listing.ts';

it('reads raw and compressed formats with their sizes', () => {
  const formats = parseV4l2Formats(listing.v4l2FormatsWebcam);
  expect(formats.map(({ kind, name, sizes }) => [kind, name, sizes.length])).toEqual([
    ['compressed', 'mjpeg', 9],
    ['raw', 'yuyv422', 9],
  ]);
  expect(formats[0]?.sizes[0]).toEqual({ width: 2592, height: 1944 });
});

it('reads ranges of sizes, emulated formats and those ffmpeg does not know', () => {
  expect(parseV4l2Formats(listing.v4l2FormatsGrabber)).toEqual([
    {
      kind: 'raw',
      name: 'uyvy422',
      description: 'UYVY 4:2:2',
      sizes: [{ width: 720, height: 576 }],
      ranges: [],
    },
    {
      kind: 'raw',
      name: 'yuyv422',
      description: 'YUYV 4:2:2',
      sizes: [],
      ranges: [{ width: { least: 48, most: 720, step: 4 }, height: { least: 32, most: 576, step: 2 } }],
    },
    { kind: 'raw', name: undefined, description: '16 bpp YVU 4:1:1', sizes: [], ranges: [] },
  ]);
  expect(parseV4l2Formats(listing.v4l2FormatsGrabber8)).toHaveLength(1);
});

it('reads standards', () => {
  expect(parseV4l2Standards(listing.v4l2Standards)).toEqual([
    { name: 'NTSC', id: 'b000' },
    { name: 'PAL', id: 'ff' },
    { name: 'PAL-60', id: '800' },
    { name: 'SECAM', id: 'ff0000' },
  ]);
});
