import { expect, test } from 'vitest';
import { framesOnDisk } from './frames-on-disk.ts';

test.each([
  [0, 25, 1, 0],
  [74, 25, 1, 0],
  [75, 25, 1, 25],
  [1000, 25, 1, 950],
  [119, 30000, 1001, 30],
])('of %i recorded frames at %i/%i a second %i can be looked at', (frames, num, den, there) => {
  const video = { frameRate: { num, den } } as Parameters<typeof framesOnDisk>[0]['video'];
  expect(framesOnDisk({ frames, video })).toBe(there);
});
