import { expect, it } from 'vitest';
import { createFieldError, peakRatioDb } from './field-error.ts';

it.each([8, 10, 12, 14, 15, 16])(
  'sums the largest differences there are at %i bits, of any width',
  (bitDepth) => {
    const highest = 2 ** bitDepth - 1;
    for (const width of [1, 3, 4, 130, 2100]) {
      const plane = Uint16Array.from({ length: width * 5 }, (_, at) =>
        Math.floor(at / width) % 2 ? highest : 0,
      );
      const meanSquare = createFieldError(width, 5, bitDepth)(plane);
      expect(meanSquare).toBe(highest * highest);
      expect(peakRatioDb(meanSquare, bitDepth)).toBe(0);
      plane.fill(highest, 0, width);
      expect(createFieldError(width, 5, bitDepth)(plane)).toBe((highest * highest) / 2);
    }
    expect(createFieldError(4, 1, bitDepth)(new Uint16Array(4))).toBeNaN();
    expect(peakRatioDb(0, bitDepth)).toBe(Number.POSITIVE_INFINITY);
  },
);
