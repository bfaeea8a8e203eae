import { expect, test } from 'vitest';
import { noteBeginning, stillFrameOf } from './note-beginning.ts';

const frozen = { startFrame: 226, endFrame: 264, check: 'freeze' };

test.each([
  ['nothing marked, no event: the frame', [7, null, null], undefined, [7, 7, undefined]],
  ['nothing marked: the event', [230, null, null], frozen, [226, 264, 'freeze']],
  ['a range that was left standing elsewhere: the event', [226, 50, 70], frozen, [226, 264, 'freeze']],
  ['a range around the cursor wins, within the event', [230, 228, 232], frozen, [228, 232, 'freeze']],
  ['the cursor moved on, and no event is in sight: the range', [90, 50, 70], undefined, [50, 70, undefined]],
  ['an event that is not under the range lends no words', [60, 50, 70], frozen, [50, 70, undefined]],
  ['a beginning alone reaches to the cursor', [60, 50, null], undefined, [50, 60, undefined]],
  ['an end alone reaches back to the cursor', [60, null, 70], undefined, [60, 70, undefined]],
  ['a mark on the other side of the cursor is no range', [40, 50, null], undefined, [40, 40, undefined]],
] as const)('%s', (_what, [frame, inFrame, outFrame], event, [from, to, check]) => {
  const { startFrame, endFrame, about } = noteBeginning({ frame, inFrame, outFrame }, event);
  expect([startFrame, endFrame, about?.check]).toEqual([from, to, check]);
});

test.each([
  ['the cursor’s frame in the range', [50, 70], 60, 60],
  ['its last frame', [50, 70], 70, 70],
  ['the first, where the cursor is elsewhere', [50, 70], 226, 50],
] as const)('the still: %s', (_what, [startFrame, endFrame], frame, still) => {
  expect(stillFrameOf({ startFrame, endFrame }, frame)).toBe(still);
});
