import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonRanges, countFrames, type FrameRange, mergeRanges } from './frame-ranges.ts';

const ranges = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 }))
    .map(([startFrame, more]): FrameRange => ({ startFrame, endFrame: startFrame + more })),
  { maxLength: 8 },
);
const framesOf = (list: readonly FrameRange[]) =>
  new Set(
    list.flatMap(({ startFrame, endFrame }) =>
      Array.from({ length: endFrame - startFrame + 1 }, (_, index) => startFrame + index),
    ),
  );

test('ranges are merged, counted and cut by the frames they hold', () => {
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      const merged = mergeRanges(a);
      expect(framesOf(merged)).toEqual(new Set([...framesOf(a)].sort((x, y) => x - y)));
      for (const [index, range] of merged.entries())
        if (index > 0)
          expect(range.startFrame).toBeGreaterThan((merged[index - 1] as FrameRange).endFrame + 1);
      expect(countFrames(a)).toBe(framesOf(a).size);
      expect(framesOf(commonRanges(a, b))).toEqual(framesOf(a).intersection(framesOf(b)));
    }),
    { numRuns: 200 },
  );
});
