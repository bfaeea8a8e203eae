import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardQueue } from './card-queue.ts';

describe('the queue of the card', () => {
  it('accounts for every frame: captured = delivered + dropped + queued', () => {
    const steps = fc.array(fc.constantFrom('capture', 'deliver'), { maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), steps, (capacity, actions) => {
        const queue = cardQueue(capacity);
        const delivered: number[] = [];
        for (const action of actions) {
          if (action === 'capture') queue.capture();
          else {
            const next = queue.next();
            if (next === undefined) continue;
            queue.delivered();
            delivered.push(next);
          }
        }
        const counts = queue.counts();
        expect(counts.capturedFrames).toBe(
          counts.deliveredFrames + counts.droppedFrames + counts.queuedFrames,
        );
        expect(counts.queuedFrames).toBeLessThanOrEqual(capacity);
        // What is missing from the delivered frames is exactly what was reported, run by run.
        const dropped = counts.drops.flatMap(({ firstFrame, frames }) =>
          Array.from({ length: frames }, (_, index) => firstFrame + index),
        );
        expect(dropped).toHaveLength(counts.droppedFrames);
        const reach = delivered.at(-1) ?? -1;
        const missing = Array.from({ length: reach + 1 }, (_, frame) => frame).filter(
          (frame) => !delivered.includes(frame),
        );
        expect(missing).toEqual(dropped.filter((frame) => frame <= reach));
      }),
    );
  });

  it('refuses to deliver what it has not got', () => {
    expect(() => cardQueue(1).delivered()).toThrow(RangeError);
  });
});
