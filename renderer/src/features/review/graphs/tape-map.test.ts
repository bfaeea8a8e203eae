import { expect, test } from 'vitest';
import { opaque } from '../../../ui/graph/surface.ts';
import type { MapLane } from './lane-list.ts';
import {
  bandRows,
  heightOfNeighbour,
  linesOfBand,
  lumaShades,
  mapColours,
  placeInMap,
  shadeOf,
  shadeOfLuma,
} from './tape-map.ts';

test('a single damaged line is seen, and more lines are never darker', () => {
  expect(shadeOf(0, 48)).toBe(0);
  expect(shadeOf(Number.NaN, 48)).toBe(0);
  expect(shadeOf(1, 48)).toBeGreaterThanOrEqual(3);
  const shades = Array.from({ length: 49 }, (_, lines) => shadeOf(lines, 48));
  expect(shades).toEqual(shades.toSorted((a, b) => a - b));
  const colours = mapColours({
    lane: opaque(38, 38, 38),
    warning: opaque(223, 163, 59),
    text: opaque(236, 236, 236),
  } as never);
  expect(new Set(colours).size).toBe(colours.length);
  expect(colours[shadeOf(48, 48)]).toBe(opaque(236, 236, 236));
});

test('luma is grey from nominal black to nominal white, at every depth', () => {
  expect([0, 64, 502, 940, 1_023].map((code) => shadeOfLuma(code, 10))).toEqual([0, 0, 32, 63, 63]);
  expect([0, 16, 235, 255].map((code) => shadeOfLuma(code, 8))).toEqual([0, 0, 63, 63]);
  const greys = lumaShades({ black: opaque(0, 0, 0), white: opaque(235, 235, 235) } as never);
  expect([greys[0], greys[63]]).toEqual([opaque(0, 0, 0), opaque(235, 235, 235)]);
  expect(new Set(greys).size).toBe(64);
});

test('the bands hold each line of the picture once, as they were counted', () => {
  for (const lines of [576, 486, 480, 144, 13]) {
    const bandOf = Array.from({ length: lines }, (_, row) => Math.floor((row * 12) / lines));
    for (let band = 0; band < 12; band++) {
      const lineNumbers = bandOf.flatMap((one, row) => (one === band ? [row + 1] : []));
      expect(linesOfBand('both', band, 12, lines)).toEqual({
        first: lineNumbers[0],
        last: lineNumbers.at(-1),
        step: 1,
      });
      if (lines === 13) continue;
      for (const [field, parity] of [
        ['upper', 1],
        ['lower', 0],
      ] as const) {
        const own = lineNumbers.filter((line) => line % 2 === parity);
        expect(linesOfBand(field, band, 12, lines)).toEqual({ first: own[0], last: own.at(-1), step: 2 });
      }
    }
  }
});

const apart: MapLane = {
  kind: 'map',
  key: 'map',
  subject: 'damaged',
  fields: [
    { field: 'upper', columns: ['u1', 'u2', 'u3'] },
    { field: 'lower', columns: ['l1', 'l2', 'l3'] },
  ],
  columns: ['u1', 'u2', 'u3', 'l1', 'l2', 'l3'],
};

test('a pointer is told the band that is drawn there, and keys go from band to band of both fields', () => {
  const lane = { top: 7, height: 61 };
  for (const [field, { columns }] of apart.fields.entries()) {
    for (const [band, column] of columns.entries()) {
      const { top, bottom } = bandRows(lane, 2, field, 3, band);
      for (const row of [top, bottom - 1]) {
        const height = 1 - (row + 0.5 - lane.top) / lane.height;
        expect(placeInMap(apart, height)?.column).toBe(column);
      }
    }
  }
  let height = 1;
  const seen = [placeInMap(apart, height)?.column];
  for (let step = 0; step < 6; step++) {
    height = heightOfNeighbour(apart, height, 1);
    seen.push(placeInMap(apart, height)?.column);
  }
  expect(seen).toEqual(['u1', 'u2', 'u3', 'l1', 'l2', 'l3', 'l3']);
  expect(placeInMap({ ...apart, fields: [], columns: [] }, 0.5)).toBeUndefined();
});
