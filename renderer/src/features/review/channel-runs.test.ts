import { expect, test } from 'vitest';
import { channelRuns } from './channel-runs.ts';

test('channels that follow each other are named by the first and the last', () => {
  expect(channelRuns([1, 2, 3, 4])).toEqual(['1–4']);
  expect(channelRuns([1, 2])).toEqual(['1', '2']);
  expect(channelRuns([1, 3, 5, 6, 7])).toEqual(['1', '3', '5–7']);
  expect(channelRuns([])).toEqual([]);
});
