import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Alignment, alignmentSchema, frameOfA, frameOfB, mirrored } from './alignment.ts';

/** Two passes of which each lost frames here and there, as stretches in the order of both. */
const alignments = fc
  .array(fc.record({ skippedA: fc.nat(5), skippedB: fc.nat(5), frames: fc.integer({ min: 1, max: 9 }) }), {
    maxLength: 8,
  })
  .map((parts): Alignment => {
    let [frameA, frameB] = [0, 0];
    const stretches = parts.map(({ skippedA, skippedB, frames }) => {
      frameA += skippedA;
      frameB += skippedB;
      const stretch = { startFrameA: frameA, frames, offsetFrames: frameB - frameA };
      frameA += frames;
      frameB += frames;
      return stretch;
    });
    return { stretches, soundOffsetMs: null, confidence: 1 };
  });
const reach = 130;

it('finds the frame of B by looking through all stretches, and only there', () => {
  fc.assert(
    fc.property(alignments, fc.integer({ min: -3, max: reach }), (alignment, frameA) => {
      const [of] = alignment.stretches.filter(
        ({ startFrameA, frames }) => frameA >= startFrameA && frameA < startFrameA + frames,
      );
      expect(frameOfB(alignment, frameA)).toBe(of && frameA + of.offsetFrames);
    }),
  );
});

it('goes to B and back to the same frame', () => {
  fc.assert(
    fc.property(alignments, (alignment) => {
      for (let frame = 0; frame < reach; frame++) {
        const there = frameOfB(alignment, frame);
        if (there !== undefined) expect(frameOfA(alignment, there)).toBe(frame);
        const back = frameOfA(alignment, frame);
        if (back !== undefined) expect(frameOfB(alignment, back)).toBe(frame);
      }
    }),
  );
});

it('is the same seen from the other side', () => {
  fc.assert(
    fc.property(alignments, fc.nat(reach), (alignment, frame) => {
      const other = alignmentSchema.parse(mirrored({ ...alignment, soundOffsetMs: 12 }));
      expect(frameOfB(other, frame)).toBe(frameOfA(alignment, frame));
      expect(other.soundOffsetMs).toBe(-12);
      expect(mirrored(mirrored(alignment))).toEqual(alignment);
    }),
  );
});
