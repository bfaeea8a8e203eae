import { expect, test } from 'vitest';
import { endReasons } from '#shared/domain/pass.ts';
import { isStoppedInMidTape } from './seal-expectation.ts';

test('a recording was stopped in mid tape unless its source ended, its length was reached or its recorder died', () => {
  const byItself = endReasons.filter((reason) => !isStoppedInMidTape(reason, false));
  expect(byItself).toEqual(['duration', 'source-ended', 'recorder-died', 'recorder-failed']);
  // The recorder of a file that a deck's program writes is told that this one has ended.
  expect(isStoppedInMidTape('source-ended', true)).toBe(true);
  expect(isStoppedInMidTape(null, true)).toBe(false);
});
