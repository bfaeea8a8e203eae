import { expect, it } from 'vitest';
import { nthSmallest } from './nth-smallest.ts';

/** The same numbers at every run; many are equal, as in blocks of a flat picture. */
function madeValues(count: number, distinct: number): Float32Array {
  let state = count * 7919 + distinct;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return ((state >>> 8) % distinct) - distinct / 3;
  });
}

it('gives what sorting gives, at every place', () => {
  for (const count of [1, 2, 3, 7, 30, 257]) {
    for (const distinct of [1, 2, 9, 100_000]) {
      const values = madeValues(count, distinct);
      const sorted = values.toSorted();
      for (let place = 0; place < count; place++) {
        expect(nthSmallest(values.slice(), count, place)).toBe(sorted[place]);
      }
    }
  }
});

it('looks at the first values alone', () => {
  expect(nthSmallest(Float64Array.of(5, 3, 4, 0, 1), 3, 0)).toBe(3);
});

it('has nothing to give where there is no such place', () => {
  expect(nthSmallest(new Float32Array(3), 0, 0)).toBeNaN();
  expect(nthSmallest(new Float32Array(3), 3, 3)).toBeNaN();
});
