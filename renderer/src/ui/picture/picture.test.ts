import { expect, test } from 'vitest';
import { codeValuesAt, type Picture } from './picture.ts';

/** Two columns of five lines, each luma sample its line. */
const picture: Picture = {
  header: {
    ...{ frame: 0, frames: 1, width: 2, height: 5, chromaWidth: 1, chromaHeight: 5 },
    ...{ bitDepth: 8, range: 'limited', matrix: 'bt601', damaged: false },
  },
  planes: {
    y: Uint8Array.from([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),
    u: Uint8Array.from([10, 11, 12, 13, 14]),
    v: Uint8Array.from([20, 21, 22, 23, 24]),
  },
  interlacedChroma: false,
};
const at = (line: number, parity?: 0 | 1) => codeValuesAt(picture, { x: 0.5, y: (line + 0.5) / 5 }, parity);

test('the values are those of the line under the pointer', () => {
  expect(at(3)).toEqual({ column: 1, line: 3, y: 3, u: 13, v: 23 });
  expect(at(5)).toBeUndefined();
});

test('where one field is drawn, they are those of its line there, also at the last line of an odd number', () => {
  expect([0, 1, 2, 3, 4].map((line) => at(line, 0)?.y)).toEqual([0, 0, 2, 2, 4]);
  expect([0, 1, 2, 3, 4].map((line) => at(line, 1)?.y)).toEqual([1, 1, 3, 3, 3]);
});
