import { expect, it } from 'vitest';
import { decodePictures, measurePictures } from './decoded-pictures.fixture.ts';
import type { PictureInstrumentKind } from './instrument.ts';
import { rawPictureOf } from './raw-picture.ts';

it.each([
  ['yuv422p10le', 'yuv422p10le', 10, 4, 6],
  ['yuv420p', 'yuv420p', 8, 4, 3],
  ['yuvj411p', 'yuvj411p', 8, 2, 6],
  ['yuv410p', 'yuv410p', 8, 2, 2],
  ['yuv422p10be', 'yuv422p10le', 10, 4, 6],
  ['yuva444p12le', 'yuv444p12le', 12, 7, 6],
  ['uyvy422', 'yuv422p', 8, 4, 6],
  ['p010le', 'yuv420p10le', 10, 4, 3],
  ['gray16le', 'yuv422p16le', 16, 4, 6],
  ['rgb24', 'yuv444p', 8, 7, 6],
  ['gbrp10le', 'yuv444p10le', 10, 7, 6],
  ['rgb48be', 'yuv444p16le', 16, 7, 6],
])('asks for pictures of %s as %s', (pixelFormat, asked, bitDepth, chromaWidth, chromaHeight) => {
  const raw = rawPictureOf(pixelFormat, 7, 6);
  expect(raw).toMatchObject({ pixelFormat: asked, bitDepth, chromaWidth, chromaHeight });
  expect(raw.isConverted).toBe(asked !== pixelFormat);
});

/** The sample in the middle of each plane. */
const middle: PictureInstrumentKind = {
  name: 'middle',
  measures: (['y', 'u', 'v'] as const).map((id) => ({ id, medium: 'video', unit: 'code', key: undefined })),
  open: () => ({
    measure({ y, u, v }, _previous, into, at) {
      for (const [offset, plane] of [y, u, v].entries())
        into[at + offset] = plane[plane.length >> 1] as number;
    },
  }),
};

it.each([
  ['yuv422p10le', 4],
  ['yuv422p', 1],
  ['yuv420p', 1],
])('puts each plane of %s in its place, also of odd sizes', async (pixelFormat, scale) => {
  const graph = `color=c=red:s=36x30:r=25,format=yuv444p16le,crop=35:29,format=${pixelFormat}`;
  const decoded = await decodePictures({ graph }, { width: 35, height: 29, pixelFormat, frames: 2 });
  const series = measurePictures(decoded, [middle]);
  expect(series.frames).toBe(2);
  // Red of BT.601 in studio range.
  for (const [id, code] of [
    ['y', 81],
    ['u', 90],
    ['v', 240],
  ] as const) {
    expect(Math.abs((series.column(id)[1] as number) - code * scale)).toBeLessThanOrEqual(scale);
  }
});
