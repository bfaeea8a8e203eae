import { describe, expect, it } from 'vitest';
import { codeUse } from './code-use.ts';
import { type DecodedPictures, measurePictures } from './decoded-pictures.fixture.ts';
import { drawPictures, type Scene } from './drawn-pictures.fixture.ts';

/** Dark to bright, with a black wall. */
const room: Scene = {
  luma: (column, row) => (column < 60 ? 64 : 200 + 4 * (column - 60) + 40 * Math.sin(row / 9)),
};
const map = (decoded: DecodedPictures, change: (code: number) => number): DecodedPictures => ({
  ...decoded,
  pictures: decoded.pictures.map((picture) => ({ ...picture, y: picture.y.map(change) })),
});
const first = (decoded: DecodedPictures, id: string) =>
  measurePictures(decoded, [codeUse]).column(id)[0] as number;

describe('eightBitShare', () => {
  const tape = drawPictures(room, { frames: 1, noiseCodes: 7 });

  it('is a quarter for ten true bits', () => {
    expect(first(tape, 'eightBitShare')).toBeCloseTo(0.25, 1);
  });

  it.each([
    ['shifted', (code: number) => (code >> 2) << 2],
    ['shifted and moved', (code: number) => ((code >> 2) << 2) + 3],
    ['replicated', (code: number) => ((code >> 2) << 2) | (code >> 8)],
  ])('is nearly whole for eight bits that were %s', (_, change) => {
    expect(first(map(tape, change), 'eightBitShare')).toBeGreaterThan(0.99);
  });

  it('judges neither drawings of few codes nor files of eight bits', () => {
    expect(first(drawPictures({ luma: (column) => (column < 90 ? 64 : 940) }), 'eightBitShare')).toBeNaN();
    expect(first(drawPictures(room, { frames: 1, bitDepth: 8, noiseCodes: 7 }), 'eightBitShare')).toBeNaN();
  });
});

describe.each([10, 8])('piles at %i bit', (bitDepth) => {
  const scale = 2 ** (bitDepth - 10);
  const tape = drawPictures(room, { frames: 1, bitDepth, noiseCodes: 8 });

  it('are not seen where noise runs out gently', () => {
    expect([first(tape, 'floorPile'), first(tape, 'ceilingPile')]).toEqual([0, 0]);
  });

  it('are seen where a converter stopped', () => {
    const clamped = map(tape, (code) => Math.min(600 * scale, Math.max(64 * scale, code)));
    // Of the active area a sixth and more is black, and half of its noise lies below.
    expect(first(clamped, 'floorPile')).toBeGreaterThan(0.08);
    expect(first(clamped, 'ceilingPile')).toBeGreaterThan(0.03);
  });

  it('are seen where a converter stopped within the dark parts of a dim picture', () => {
    const dim = drawPictures(
      { luma: (column, row) => 70 + column / 12 + row / 8 },
      { frames: 1, bitDepth, noiseCodes: 7, width: 384, height: 288 },
    );
    // The dark end falls off: the codes next to the limit are the more frequent the further inside they are.
    const clamped = map(dim, (code) => Math.max(76 * scale, code));
    expect(first(clamped, 'floorPile')).toBeGreaterThan(0.005);
    expect(first(dim, 'floorPile')).toBe(0);
  });

  it('are not made by a drawing of some levels, whose edges are softened', () => {
    const edge = [892, 876, 860, 820];
    const drawing = drawPictures(
      { luma: (column) => (column < 120 ? 900 : (edge[(column - 120) % 20] ?? 500)) },
      { frames: 1, bitDepth },
    );
    expect(first(drawing, 'ceilingPile')).toBe(0);
  });

  it('are not made by a drawing of flat colours, though its end has neighbours', () => {
    const drawing = drawPictures(
      {
        luma: (column, row) =>
          column < 90 ? 900 : row % 8 === 0 ? 860 + (column % 40) : 300 + 99 * (column % 3),
      },
      { frames: 1, bitDepth },
    );
    expect(first(drawing, 'ceilingPile')).toBe(0);
  });

  it('are not made by the black that a machine drew above and below a picture', () => {
    const dark: Scene = { luma: (column, row) => 66 + column / 8 + (row - 36) / 4 };
    const boxed = drawPictures(dark, { frames: 1, bitDepth, noiseCodes: 3 });
    const { width, height } = boxed.raster;
    for (const { y } of boxed.pictures) {
      for (let place = 0; place < y.length; place++) {
        const row = Math.floor(place / width);
        const isOutside = row < 36 || row >= height - 36;
        y[place] = isOutside ? 64 * scale : Math.max(y[place] as number, 64 * scale + 1);
      }
    }
    expect(first(boxed, 'floorPile')).toBe(0);
  });

  it('are not made by a drawn black, nor by a white the camera clipped before the tape', () => {
    const title = drawPictures(
      { luma: (column) => (column < 90 ? 64 : 300 + column) },
      { frames: 1, bitDepth },
    );
    expect(first(title, 'floorPile')).toBe(0);
    const window = drawPictures(
      { luma: (column, row) => Math.min(900, 6 * column + row) },
      { frames: 1, bitDepth, noiseCodes: 6 },
    );
    expect(first(window, 'ceilingPile')).toBe(0);
  });
});
