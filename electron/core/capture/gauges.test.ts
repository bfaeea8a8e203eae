import { describe, expect, test } from 'vitest';
import { createGauges, type GaugeSample, reserveBytes } from './gauges.ts';

function sample(atS: number, changes: Partial<GaugeSample> = {}): GaugeSample {
  return {
    atMs: atS * 1000,
    frames: Math.round(atS * 25),
    masterBytes: atS * 1_000_000,
    outTimeS: atS,
    card: undefined,
    ...changes,
  };
}
const card = (atS: number, queuedFrames: number) => ({
  queuedFrames,
  queueCapacityFrames: 100,
  droppedFrames: 0,
  capturedFrames: Math.round(atS * 25),
  saidAtMs: atS * 1000,
});
const gaugesOf = (live: boolean, queueS?: number) => createGauges({ framesPerSecond: 25, live, queueS });

describe('with a card', () => {
  test('the queue is the lag, and its growth says when it is full', () => {
    const gauges = gaugesOf(true);
    gauges.add(sample(0, { card: card(0, 0) }));
    gauges.add(sample(1, { card: card(1, 10) }));
    const reading = gauges.add(sample(2, { card: card(2, 20) }));
    expect(reading.lagS).toBeCloseTo(0.8);
    expect(reading.untilLossS).toBeCloseTo(8);
    expect(reading.queueS).toBe(4);
    expect(reading.filled).toBeCloseTo(0.2);
    expect(reading.masterBitsPerSecond).toBeCloseTo(8_000_000);
  });

  test('a full queue that throws frames away is no forecast: frames are being lost now', () => {
    const gauges = gaugesOf(true);
    const untilLoss = (atS: number, queuedFrames: number, droppedFrames: number) =>
      gauges.add(sample(atS, { card: { ...card(atS, queuedFrames), droppedFrames } })).untilLossS;
    expect(untilLoss(0, 80, 0)).toBeNull();
    expect(untilLoss(1, 100, 35)).toBe(0);
    // It stands still because it is full, and empties by a frame or two now and then.
    expect(untilLoss(2, 96, 35)).toBe(0);
    expect(untilLoss(20, 96, 35)).toBe(0);
    // Frames thrown away a moment ago are being lost, also where there is a little room again.
    expect(untilLoss(21, 80, 40)).toBe(0);
    expect(untilLoss(24, 60, 40)).toBe(0);
    expect(untilLoss(28, 20, 40)).toBeNull();
  });

  test('what an earlier engine saw lost is not being lost now', () => {
    const gauges = gaugesOf(true);
    gauges.add(sample(0, { card: { ...card(0, 2), droppedFrames: 40 } }));
    expect(gauges.add(sample(1, { card: { ...card(1, 2), droppedFrames: 40 } })).untilLossS).toBeNull();
  });

  test('a queue that empties loses nothing', () => {
    const gauges = gaugesOf(true);
    for (const atS of [0, 1, 2]) gauges.add(sample(atS, { card: card(atS, 50 - 15 * atS) }));
    expect(gauges.add(sample(3, { card: card(3, 5) })).untilLossS).toBeNull();
  });

  test('tells a master that stands still from a source that does', () => {
    const gauges = gaugesOf(true);
    gauges.add(sample(0, { card: card(0, 0) }));
    const stuck = gauges.add(sample(2, { card: card(2, 50), masterBytes: 0 }));
    expect(stuck).toMatchObject({ masterStillMs: 2000, sourceStillMs: 0 });
    const silent = gauges.add(sample(5, { card: card(2, 0), masterBytes: 9 }));
    expect(silent).toMatchObject({ masterStillMs: 0, sourceStillMs: 3000 });
  });

  test('counts frames against the clock: a tenth of a percent is told after two and a half minutes', () => {
    const gauges = gaugesOf(true);
    let reading: ReturnType<typeof gauges.add> | undefined;
    for (let atS = 0; atS <= 150; atS += 0.2) {
      const capturedFrames = Math.floor(atS * 25 * 1.001);
      reading = gauges.add(sample(atS, { card: { ...card(atS, 0), capturedFrames } }));
      if (atS < 19) expect(reading.framePace).toBeUndefined();
    }
    const { ppm, uncertaintyPpm } = reading?.framePace ?? { ppm: 0, uncertaintyPpm: 0 };
    expect(ppm - uncertaintyPpm).toBeGreaterThan(500);
    expect(ppm).toBeLessThan(1300);
  });
});

describe('without a card', () => {
  test('the lag is the clock against the tape, from the best moment', () => {
    const gauges = gaugesOf(true, 8);
    gauges.add(sample(1, { outTimeS: 0.2 }));
    gauges.add(sample(2, { outTimeS: 1.6 }));
    const reading = gauges.add(sample(6, { outTimeS: 3.6 }));
    expect(reading.lagS).toBeCloseTo(2);
    expect(reading.queueS).toBe(8);
  });

  test('a source whose clock is a thousandth slow does not lag, whatever the length of the tape', () => {
    const gauges = gaugesOf(true);
    for (let atS = 0; atS <= 3 * 3600; atS += 10) {
      expect(gauges.add(sample(atS, { outTimeS: atS * 0.999 })).lagS).toBeLessThan(0.1);
    }
  });

  test('a recorder that says nothing more falls behind with the clock', () => {
    const gauges = gaugesOf(true);
    gauges.add(sample(1, { outTimeS: 1 }));
    expect(gauges.add(sample(1.4, { outTimeS: 1 })).lagS).toBe(0);
    expect(gauges.add(sample(6, { outTimeS: 1 })).lagS).toBeCloseTo(5);
  });
});

test('a file cannot lag', () => {
  const gauges = gaugesOf(false);
  gauges.add(sample(1, { outTimeS: 1 }));
  const reading = gauges.add(sample(9, { outTimeS: 1.1 }));
  expect(reading).toMatchObject({ lagS: null, queueS: null, untilLossS: null, sourceStillMs: 0 });
});

test('the reserve has room for the seconds, the index and the floor', () => {
  const reserve = reserveBytes({ bitsPerSecond: 80_000_000, frames: 90_000, reserveS: 20, floorBytes: 1000 });
  expect(reserve).toBe(200_000_000 + 3_600_000 + 1000);
});
