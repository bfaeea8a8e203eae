import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOverloaded } from './alarms/queue-alarms.ts';
import { createQueueTrend } from './queue-trend.ts';

const framesPerSecond = 25;
const reportEveryS = 0.2;

interface Queue {
  queueS: number;
  /** How many frames the recorder takes in the time of one, from this moment on. */
  speedAt(atS: number): number;
  seconds: number;
  /** Milliseconds by which each look is late, from a seed. */
  lateMs: () => number;
}

/**
 * A card's queue as it is: a frame comes every 40 ms, the recorder takes them as fast as it may, and the engine looks five times
 * a second, at a report that is as old as it happens to be. Gives back when the alarm's condition held first, and when the
 * first frame was lost.
 */
function play({ queueS, speedAt, seconds, lateMs }: Queue): {
  alarmS: number | undefined;
  lossS: number | undefined;
} {
  const capacity = Math.round(queueS * framesPerSecond);
  const trend = createQueueTrend();
  let queued = 0;
  let work = 0;
  let report = 0;
  let nextReportS = 0;
  let nextLookS = 0;
  let alarmS: number | undefined;
  for (let frame = 0; frame < seconds * framesPerSecond; frame++) {
    const atS = frame / framesPerSecond;
    if (queued >= capacity) return { alarmS, lossS: atS };
    queued += 1;
    work = queued > 0 ? work + speedAt(atS) : 0;
    const taken = Math.min(queued, Math.floor(work));
    queued -= taken;
    work = queued === 0 ? 0 : work - taken;
    if (atS >= nextReportS) {
      report = queued;
      nextReportS += reportEveryS;
    }
    if (atS < nextLookS) continue;
    nextLookS += reportEveryS + lateMs() / 1000;
    const lagS = report / framesPerSecond;
    const reading = trend.add(atS * 1000, lagS, queueS);
    if (alarmS === undefined && isOverloaded({ ...reading, lagS, queueS })) alarmS = atS;
  }
  return { alarmS, lossS: undefined };
}

const late = fc.infiniteStream(fc.integer({ min: 0, max: 120 }));
const lookLate = (stream: Iterator<number>) => () => stream.next().value as number;

test('an overload is told of ten seconds before the first frame is lost, wherever it leaves the time', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 10, max: 40, noNaN: true }),
      // How long the queue takes to fill from nothing: from as fast as a recorder that stands still, to ten minutes.
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 20 }),
      late,
      (queueS, share, quietS, stream) => {
        const leastS = Math.max(12.5, queueS);
        const fillS = leastS * (600 / leastS) ** share;
        const speed = 1 - queueS / fillS;
        const seconds = quietS + fillS * 1.5 + 5;
        const speedAt = (atS: number) => (atS < quietS ? 1.5 : speed);
        const { alarmS, lossS } = play({ queueS, speedAt, seconds, lateMs: lookLate(stream) });
        expect(lossS).toBeDefined();
        expect((lossS ?? 0) - (alarmS ?? Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(10);
      },
    ),
    { numRuns: 300 },
  );
});

test('a small queue that fills in sixteen seconds or more is told of ten seconds before, too', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 2, max: 10, noNaN: true }),
      fc.double({ min: 17, max: 120, noNaN: true }),
      late,
      (queueS, fillS, stream) => {
        const speed = 1 - queueS / fillS;
        const seconds = fillS * 1.5 + 5;
        const { alarmS, lossS } = play({ queueS, speedAt: () => speed, seconds, lateMs: lookLate(stream) });
        expect((lossS ?? 0) - (alarmS ?? Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(10);
      },
    ),
    { numRuns: 300 },
  );
});

test('a queue that fills sooner is told of within two and a half seconds', () => {
  fc.assert(
    fc.property(fc.double({ min: 2, max: 12, noNaN: true }), late, (queueS, stream) => {
      const lateMs = lookLate(stream);
      const { alarmS } = play({ queueS, speedAt: (atS) => (atS < 5 ? 1.5 : 0), seconds: 30, lateMs });
      expect((alarmS ?? Number.POSITIVE_INFINITY) - 5).toBeLessThan(2.5);
    }),
  );
});

test('no alarm in eight hours of a recorder that stumbles and catches up', () => {
  fc.assert(
    fc.property(
      // With less than four seconds of queue a stumble of 0.8 s may look like the beginning of a loss: it is told, to be safe.
      fc.double({ min: 4, max: 40, noNaN: true }),
      // The pace from which on the budget lets a capture begin; slower machines are warned of now and then.
      fc.double({ min: 1.3, max: 3, noNaN: true }),
      fc.infiniteStream(
        fc.tuple(fc.double({ min: 0, max: 0.8, noNaN: true }), fc.double({ min: 8, max: 40, noNaN: true })),
      ),
      late,
      (queueS, speed, stumbles, stream) => {
        let [stoppedS, everyS] = stumbles.next().value as [number, number];
        let beganS = everyS;
        const speedAt = (atS: number) => {
          if (atS < beganS) return speed;
          if (atS < beganS + stoppedS) return 0;
          [stoppedS, everyS] = stumbles.next().value as [number, number];
          beganS = atS + everyS;
          return speed;
        };
        const seconds = 8 * 3600;
        expect(play({ queueS, speedAt, seconds, lateMs: lookLate(stream) })).toEqual({
          alarmS: undefined,
          lossS: undefined,
        });
      },
    ),
    { numRuns: 4, seed: 20261122 },
  );
});

test('an engine that had no turn for seven seconds sees at once what has piled up', () => {
  const trend = createQueueTrend();
  for (let atMs = 0; atMs <= 2_000; atMs += 200) trend.add(atMs, 0.04, 12);
  const { untilLossS } = trend.add(9_000, 5.99, 12);
  // 5.95 s in 7 s: the 6.01 s that are left are full in about 7 s.
  expect(untilLossS).toBeGreaterThan(6);
  expect(untilLossS).toBeLessThan(8);
});
