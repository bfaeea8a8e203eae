import { describe, expect, it } from 'vitest';
import type { DecodedPictures } from './decoded-pictures.fixture.ts';
import { measurePictures } from './decoded-pictures.fixture.ts';
import { drawPictures, type Scene } from './drawn-pictures.fixture.ts';
import { pictureNoise } from './picture-noise.ts';

const hills: Scene = { luma: (column, row) => 400 + 150 * Math.sin(column / 17) + 100 * Math.cos(row / 13) };
const columns = (decoded: DecodedPictures) => {
  const series = measurePictures(decoded, [pictureNoise]);
  return { noise: series.column('yNoise'), least: series.column('fieldDifLeast') };
};

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const scale = 2 ** (bitDepth - 10);

  it('reads the noise of a tape, and finds the same noise between two of its stills', () => {
    for (const noiseCodes of [6, 16]) {
      const { noise, least } = columns(drawPictures(hills, { bitDepth, noiseCodes }));
      for (const value of noise) {
        expect(value).toBeGreaterThan(0.75 * noiseCodes * scale);
        expect(value).toBeLessThan(1.15 * noiseCodes * scale);
      }
      expect(least[0]).toBeNaN();
      for (const value of least.subarray(1)) {
        expect(value).toBeGreaterThan(0.95 * 1.128 * noiseCodes * scale);
        expect(value).toBeLessThan(1.3 * 1.128 * noiseCodes * scale);
      }
    }
  });

  it('tells a held frame, and a held field, from a still', () => {
    const decoded = drawPictures(hills, { bitDepth, noiseCodes: 10, frames: 3 });
    const [first, second, third] = decoded.pictures as [
      (typeof decoded.pictures)[0],
      (typeof decoded.pictures)[0],
      (typeof decoded.pictures)[0],
    ];
    second.y.set(first.y);
    const { width, height } = decoded.raster;
    for (let row = 1; row < height; row += 2)
      third.y.set(second.y.subarray(row * width, (row + 1) * width), row * width);
    const { noise, least } = columns(decoded);
    expect([...least.subarray(1)]).toEqual([0, 0]);
    expect(noise[1]).toBeGreaterThan(0.75 * 10 * scale);
  });
});

it('is not led by a matte without noise', () => {
  const decoded = drawPictures(hills, { noiseCodes: 8 });
  const { width } = decoded.raster;
  for (const { y } of decoded.pictures) y.fill(64, 0, 60 * width);
  for (const value of columns(decoded).noise) expect(value).toBeGreaterThan(6);
});

it('has nothing to read in a drawn picture', () => {
  expect([...columns(drawPictures({ luma: () => 300 })).noise]).toEqual([0, 0, 0, 0]);
});
