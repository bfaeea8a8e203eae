import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGauges, createLatch, type GaugeSample, reserveBytes } from './gauges.ts';

function sample(atS: number, changes: Partial<GaugeSample> = {}): GaugeSample {
  return {
    atMs: atS * 1000,
    masterBytes: atS * 1_000_000,
    outTimeS: atS,
    saidAtMs: atS * 1000,
    card: undefined,
    ...changes,
  };
}
const card = (queuedFrames: number) => ({ queuedFrames, queueCapacityFrames: 100, droppedFrames: 0 });

describe('with a card', () => {
  test('the queue is the lag, and its growth says when it is full', () => {
    const gauges = createGauges({ framesPerSecond: 25, live: true });
    gauges.add(sample(0, { card: card(0) }));
    gauges.add(sample(1, { card: card(10) }));
    const reading = gauges.add(sample(2, { card: card(20) }));
    expect(reading.lagS).toBeCloseTo(0.8);
    expect(reading.untilLossS).toBeCloseTo(8);
    expect(reading.masterBitsPerSecond).toBeCloseTo(8_000_000);
  });

  test('a queue that empties loses nothing', () => {
    const gauges = createGauges({ framesPerSecond: 25, live: true });
    gauges.add(sample(0, { card: card(50) }));
    expect(gauges.add(sample(2, { card: card(20) })).untilLossS).toBeNull();
  });
});

test('without a card the lag is the clock against the tape, from the best moment', () => {
  const gauges = createGauges({ framesPerSecond: 25, live: true });
  gauges.add(sample(1, { outTimeS: 0.2 }));
  gauges.add(sample(2, { outTimeS: 1.6 }));
  expect(gauges.add(sample(6, { outTimeS: 3.6 })).lagS).toBeCloseTo(2);
});

test('a file cannot lag', () => {
  const gauges = createGauges({ framesPerSecond: 25, live: false });
  gauges.add(sample(1, { outTimeS: 1 }));
  expect(gauges.add(sample(9, { outTimeS: 1.1 })).lagS).toBeNull();
});

test('an alarm is raised once for each bad spell, however the value flutters around the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 200 }), (values) => {
      const latch = createLatch();
      let spells = 0;
      let inSpell = false;
      for (const value of values) {
        if (value > 50 && !inSpell) {
          inSpell = true;
          spells += 1;
          expect(latch.update({ isBad: true, isGood: false })).toBe(true);
          continue;
        }
        if (value < 10) inSpell = false;
        expect(latch.update({ isBad: value > 50, isGood: value < 10 })).toBe(false);
      }
      expect(spells).toBeLessThanOrEqual(values.length);
    }),
  );
});

test('the reserve has room for the seconds, the index and the floor', () => {
  const reserve = reserveBytes({ bitsPerSecond: 80_000_000, frames: 90_000, reserveS: 20, floorBytes: 1000 });
  expect(reserve).toBe(200_000_000 + 3_600_000 + 1000);
});
