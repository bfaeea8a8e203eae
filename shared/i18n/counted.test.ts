import { expect, it } from 'vitest';
import { counted, fixed } from './counted.ts';

it('says one of a thing, and more of it, in their own forms', () => {
  expect([0, 1, 2].map((count) => counted(count, 'tape'))).toEqual(['0 tapes', '1 tape', '2 tapes']);
  expect([1, 3].map((count) => counted(count, 'pass', 'passes'))).toEqual(['1 pass', '3 passes']);
});

it('puts no minus before a zero', () => {
  expect([-0.04, -0, -0.06, 1.25].map((value) => fixed(value, 1))).toEqual(['0.0', '0.0', '-0.1', '1.3']);
});
