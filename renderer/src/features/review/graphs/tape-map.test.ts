import { expect, test } from 'vitest';
import { opaque } from '../../../ui/graph/surface.ts';
import { linesOfBand, mapColours, shadeOf } from './tape-map.ts';

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

test('the bands hold each line of the picture once, as they were counted', () => {
  for (const lines of [576, 486, 480, 144, 13]) {
    const bandOf = Array.from({ length: lines }, (_, row) => Math.floor((row * 12) / lines));
    for (let band = 0; band < 12; band++) {
      expect(linesOfBand(band, 12, lines)).toEqual([bandOf.indexOf(band), bandOf.lastIndexOf(band)]);
    }
  }
});
