import { expect, it } from 'vitest';
import { drawPictures } from './drawn-pictures.fixture.ts';
import { createFieldBend } from './field-bend.ts';

const [width, height] = [720, 220];

/** Things at uneven distances, that lean by so many pixels a row; soft, as a tape gives them. */
const standing = (column: number, row: number, lean = 0): number => {
  const x = column - lean * row;
  return 450 + 70 * Math.sin(x / 6.5 + 2 * Math.sin(x / 91)) + 60 * Math.sin(x / 15 + 1) + row / 4;
};

/** What every picture is said to be aside by, of a scene drawn field by field. */
function bends(luma: (column: number, row: number, field: number) => number, bitDepth = 10): number[] {
  const { raster, pictures } = drawPictures({ luma }, { frames: 1, width, height, bitDepth, noiseCodes: 4 });
  const fieldBend = createFieldBend(raster);
  return pictures.map(({ y }) => fieldBend(y, 4 * 2 ** (bitDepth - 10)));
}
/** A bend that one head makes and the other makes less of. */
const unlike = (pixels: number, row: number) => pixels * (row % 2 ? 0.7 : 1) * Math.exp(-row / 26);

it.each([10, 8])('finds a top that one head bends more than the other (%i bit)', (bitDepth) => {
  for (const pixels of [20, -20])
    for (const lean of [0, 0.4])
      for (const bend of bends(
        (column, row, field) => standing(column - unlike(pixels, row) + 2 * field, row, lean),
        bitDepth,
      )) {
        expect(bend * Math.sign(pixels)).toBeGreaterThan(1.8);
        expect(Math.abs(bend)).toBeLessThan(Math.abs(pixels));
      }
});

it('says nothing of what leans, pans, tilts or turns, nor of somebody who hurries through the top', () => {
  const someone = (column: number, row: number, field: number) =>
    row < 50 && Math.abs(column - 200 - 9 * field) < 60;
  const scenes: ((column: number, row: number, field: number) => number)[] = [
    (column, row) => standing(column, row, 0.5),
    (column, row, field) => standing(column + 3 * field, row, 0.2),
    (column, row, field) => standing(column, row + 4 * field, 0.4),
    // A camera that turns about the middle of the picture.
    (column, row, field) => standing(column + 0.02 * (row - 110) * (field + 1), row),
    (column, row, field) =>
      someone(column, row, field) ? standing(column - 9 * field, row) : standing(column, row),
    // The same bend in both fields is another's to find.
    (column, row) => standing(column - 14 * Math.exp(-row / 26), row),
  ];
  for (const [place, scene] of scenes.entries()) expect(bends(scene), `scene ${place}`).toEqual([0]);
});

it('cannot tell of a sky, nor of a picture too small', () => {
  for (const bend of bends((column, row) => 600 + column / 20 - row / 9)) expect(bend).toBeNaN();
  const small = drawPictures({ luma: (column) => standing(column, 0) }, { frames: 1 });
  expect(createFieldBend(small.raster)(small.pictures[0]?.y as Uint16Array, 4)).toBeNaN();
});
