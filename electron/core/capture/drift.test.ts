import { expect, it } from 'vitest';
import { createDriftGauge } from './drift.ts';

const jitterMs = [40, 0, 80, 40, 20];

/** Five readings a second; the sound comes `leadMs` early, and `ppm` too fast. */
function readings(seconds: number, ppm: number, leadMs = 120) {
  const gauge = createDriftGauge();
  return Array.from({ length: seconds * 5 }, (_, look) =>
    gauge.add({
      pictureS: look / 5,
      soundS: (look / 5) * (1 + ppm / 1e6) + (leadMs + (jitterMs[look % 5] as number)) / 1000,
      startOffsetMs: 3,
    }),
  );
}

it('says nothing until it knows by how much the sound leads, and does not take the lead for drift', () => {
  const all = readings(30, 0);
  for (const reading of all.slice(0, 50)) expect(reading.driftMs).toBeNull();
  for (const reading of all.slice(99)) expect(reading.driftMs).toBe(0);
  expect(all.at(-1)?.startOffsetMs).toBe(3);
});

it('finds a frame of drift within a minute, through the jitter', () => {
  const found = readings(66, 667).at(-1);
  expect(found?.driftMs).toBeGreaterThan(30);
  expect(found?.driftMs).toBeLessThan(60);
  expect(Math.abs((found?.ppm ?? 0) - 667)).toBeLessThan(found?.ppmUncertainty ?? 0);
});

it('tells more than a hundred parts in a million after five minutes, and none where there is none, over two hours too', () => {
  const some = readings(300, 200).at(-1);
  expect((some?.ppm ?? 0) - (some?.ppmUncertainty ?? 0)).toBeGreaterThan(100);
  for (const seconds of [300, 7200]) {
    const none = readings(seconds, 0).at(-1);
    expect(Math.abs(none?.ppm ?? 99)).toBeLessThan(10);
  }
});

it('says at the end where both ended, the start taken in', () => {
  const gauge = createDriftGauge();
  gauge.add({ pictureS: 1, soundS: 1.12, startOffsetMs: 10 });
  expect(gauge.end({ pictureS: 100, soundS: 100.02, startOffsetMs: 10 })).toMatchObject({
    driftMs: 20,
    startOffsetMs: 10,
    endOffsetMs: 30,
  });
});
