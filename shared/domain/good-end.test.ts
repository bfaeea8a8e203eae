import { expect, test } from 'vitest';
import { isGoodEnd } from './good-end.ts';
import { endReasons } from './pass.ts';

test('a recording that somebody else ended, or whose source stood still, did not end well', () => {
  expect(endReasons.filter((reason) => !isGoodEnd(reason))).toEqual(
    expect.arrayContaining(['ended-from-outside', 'source-stalled', 'recorder-died', 'device-gone']),
  );
  expect(isGoodEnd(null)).toBe(false);
  expect(['operator', 'duration', 'source-ended'].every((reason) => isGoodEnd(reason as 'operator'))).toBe(
    true,
  );
});
