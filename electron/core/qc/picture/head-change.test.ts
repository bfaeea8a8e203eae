import { expect, it } from 'vitest';
import { drawPictures } from './drawn-pictures.fixture.ts';
import { createHeadChangeFinder } from './head-change.ts';

const [width, height] = [480, 288];
type Luma = (column: number, row: number, field: number) => number;

/** What stands upright and is never the same twice, with an edge of level across it 40 rows above the bottom. */
const street: Luma = (column, row) =>
  (row < height - 40 ? 520 + 90 * Math.sin(column / 80) : 380) +
  40 * Math.sin(column / 7 + 2 * Math.sin(column / 61)) +
  30 * Math.sin(column / 19 + row / 40);
/** Noise of a place: the same wherever it is asked for, unlike in each field. */
const noiseAt: Luma = (column, row, field) => {
  const mixed = Math.sin(column * 12.9898 + row * 78.233 + field * 37.719) * 43758.5453;
  return mixed - Math.floor(mixed) - 0.5;
};

function rowsOf(luma: Luma, bitDepth = 10): number[] {
  const { raster, pictures } = drawPictures(
    { luma },
    { ...{ frames: 2, width, height, bitDepth }, noiseCodes: 5 },
  );
  const find = createHeadChangeFinder(raster);
  return pictures.map(({ y }) => find(y, 5 * 2 ** (bitDepth - 10)));
}

it.each([10, 8])('finds a stripe of noise with lines below it that swing out (%i bit)', (bitDepth) => {
  const from = height - 12;
  const changing: Luma = (column, row, field) => {
    if (row < from) return street(column, row, field);
    const aside = 4 + 2 * (row - from);
    return street(column - aside, row, field) + (row < from + 4 ? 200 * noiseAt(column, row, field) : 0);
  };
  expect(rowsOf(changing, bitDepth)).toEqual([12, 12]);
});

it('finds noise over a part of the width, under a time base corrector that moves the lines back', () => {
  const corrected: Luma = (column, row, field) =>
    street(column, row, field) +
    (row >= height - 8 && row < height - 6 && column > 300 ? 300 * noiseAt(column, row, field) : 0);
  expect(rowsOf(corrected)).toEqual([8, 8]);
});

it('does not take edges of level, a carpet, or something that comes in from a side for it', () => {
  const shelf: Luma = (column, row, field) => {
    const book = 300 + 250 * Math.sign(Math.sin(column / 23 + (row < height - 18 ? 0 : 4)));
    return row > height - 28 && row < height - 18 ? 90 : book + street(column, row, field) / 20;
  };
  const floor: Luma = (column, row, field) =>
    row < height - 29 && column < 130 ? 800 : street(column, row, field) - (row > height - 29 ? 40 : 0);
  const carpet: Luma = (column, row, field) =>
    street(column, row, field) + (row > height - 20 ? 200 * noiseAt(column, row, 0) : 0);
  const foot: Luma = (column, row, field) =>
    row > height - 22 && Math.abs(column - 100 - 6 * field) < 30 ? 850 : street(column, row, field);
  for (const [place, scene] of [shelf, floor, carpet, foot].entries())
    expect(rowsOf(scene), `scene ${place}`).toEqual([0, 0]);
});
