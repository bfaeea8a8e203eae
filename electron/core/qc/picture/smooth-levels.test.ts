import { describe, expect, it } from 'vitest';
import { measurePictures } from './decoded-pictures.fixture.ts';
import { type Drawing, drawPictures, type Scene } from './drawn-pictures.fixture.ts';
import { smoothLevels } from './smooth-levels.ts';

const measured = (scene: Scene, drawing: Drawing) => {
  const series = measurePictures(drawPictures(scene, { frames: 1, ...drawing }), [smoothLevels]);
  return (id: string) => series.column(id)[0] as number;
};

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const scale = 2 ** (bitDepth - 10);

  it('gives the levels of areas, whatever the noise adds to single samples', () => {
    const halves: Scene = { luma: (column) => (column < 96 ? 64 : 940) };
    const value = measured(halves, { bitDepth, noiseCodes: 16 });
    expect(Math.abs(value('yDarkest') / scale - 64)).toBeLessThan(24);
    expect(Math.abs(value('yBrightest') / scale - 940)).toBeLessThan(24);
    expect(value('satPercentile99') / scale).toBeLessThan(40);
    expect(value('gamutShare')).toBeLessThan(0.003);
  });

  it('forgives a speck, not a lamp', () => {
    const lamp = (radius: number): Scene => ({
      luma: (column, row) => (Math.hypot(column - 96, row - 72) < radius ? 1000 : 500),
    });
    expect(measured(lamp(1), { bitDepth, width: 480, height: 360 })('yBrightest') / scale).toBeLessThan(510);
    expect(measured(lamp(20), { bitDepth })('yBrightest') / scale).toBeGreaterThan(990);
  });

  it('knows colours that no camera gives, though each of their components is legal', () => {
    const red = (share: number): Scene => ({
      luma: () => 324,
      chroma: () => [512 - 152 * share, 512 + 448 * share],
    });
    const legal = measured(red(1), { bitDepth });
    expect(legal('gamutShare')).toBe(0);
    expect(legal('satPercentile99') / scale).toBeCloseTo(473, -1);
    expect(measured(red(1.2), { bitDepth })('gamutShare')).toBe(1);
  });
});

it('takes edges between two full colours, where chroma comes late, for no colours of their own', () => {
  // Bars of 100 % blue and yellow, chroma four columns behind luma.
  const isYellow = (column: number) => column % 32 >= 16;
  const bars: Scene = {
    luma: (column) => (isYellow(column) ? 840 : 164),
    chroma: (column) => (isYellow(column + 28) ? [64, 584] : [960, 440]),
  };
  const value = measured(bars, { bitDepth: 10, noiseCodes: 12 });
  expect(value('satPercentile99')).toBeGreaterThan(400);
  expect(value('gamutShare')).toBeLessThan(0.01);
});

it('reads the sparser chroma of DV and of 4:2:0', () => {
  for (const [across, down] of [
    [4, 1],
    [2, 2],
  ] as const) {
    const [width, height] = [192, 144];
    const [chromaWidth, chromaHeight] = [width / across, height / down];
    const plane = (length: number, code: number) => new Uint16Array(length).fill(code);
    const samples = chromaWidth * chromaHeight;
    const series = measurePictures(
      {
        raster: {
          ...{ width, height, chromaWidth, chromaHeight, bitDepth: 8, fieldOrder: 'tff' as const },
          ...{ frameRate: { num: 25, den: 1 }, standard: 'PAL' as const },
        },
        pictures: [{ y: plane(width * height, 100), u: plane(samples, 128), v: plane(samples, 168) }],
      },
      [smoothLevels],
    );
    expect(series.column('satPercentile99')[0]).toBeCloseTo(40, 0);
    expect(series.column('yBrightest')[0]).toBe(100);
  }
});
