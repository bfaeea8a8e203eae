import { expect, it } from 'vitest';
import { createBorderBend } from './border-bend.ts';
import { drawPictures } from './drawn-pictures.fixture.ts';

const [width, height, margin] = [320, 288, 10];
/** A sky: nothing in it stands upright. */
const sky = (column: number, row: number) => 380 + 60 * Math.sin(column / 60) + 40 * Math.sin(row / 50);
/** Blanking at both sides, `left` and `right` pixels farther inwards than it should be. */
const framed = (column: number, row: number, left: number, right: number) =>
  column < margin + left || column >= width - margin - right ? 64 : sky(column, row);
/** How far a line lies aside whose heads meet the tape differently. */
const tension = (pixels: number, row: number) => pixels * (row % 2 ? 0.8 : 1) * Math.exp(-row / 22);

function bendOf(luma: (column: number, row: number) => number, bitDepth = 10): number {
  const { raster, pictures } = drawPictures(
    { luma },
    { ...{ frames: 1, width, height, bitDepth }, noiseCodes: 5 },
  );
  return createBorderBend(raster)(pictures[0]?.y as Uint16Array, 5 * 2 ** (bitDepth - 10));
}

it.each([10, 8])('measures a bend under a sky by the black at both sides (%i bit)', (bitDepth) => {
  for (const pixels of [5, -5, 30, -30]) {
    const bend = bendOf((column, row) => {
      const aside = tension(pixels, row);
      return framed(column, row, aside, -aside);
    }, bitDepth);
    // Lines are drawn in whole pixels.
    expect(Math.abs(bend - 0.8 * pixels), `${pixels}: ${bend}`).toBeLessThan(1.2 + 0.1 * Math.abs(pixels));
  }
});

it('says that lines lie straight where they do', () => {
  expect(Math.abs(bendOf((column, row) => framed(column, row, 0, 0)))).toBeLessThan(0.3);
});

it('does not take for a bend what a scene does beside its blanking', () => {
  const corner = (row: number) => 20 * Math.exp(-row / 22);
  const slant = (row: number) => 0.08 * (height - row);
  const scenes: ((column: number, row: number) => number)[] = [
    // Something black in one corner; in both (a vignette, a curtain); a screen that leans as a whole.
    (column, row) => framed(column, row, corner(row), 0),
    (column, row) => framed(column, row, corner(row), corner(row)),
    (column, row) => framed(column, row, slant(row), -slant(row)),
    // A picture without blanking, and one at night.
    sky,
    (column, row) => 64 + 0.04 * (framed(column, row, corner(row), -corner(row)) - 64),
  ];
  for (const [place, scene] of scenes.entries()) {
    const bend = bendOf(scene);
    expect(Number.isNaN(bend) || Math.abs(bend) < 1, `scene ${place}: ${bend}`).toBe(true);
  }
});
