import { describe, expect, it } from 'vitest';
import { measurePictures } from './decoded-pictures.fixture.ts';
import { drawPictures, type Scene } from './drawn-pictures.fixture.ts';
import { motionStep } from './motion-step.ts';

const wall = (column: number, row: number) =>
  450 + 120 * Math.sin(column / 9) * Math.cos(row / 11) + 80 * Math.sin((column + row) / 23);
const size = { width: 240, height: 176, frames: 5, noiseCodes: 8 };

/** A camera that passes a wall at so many pixels a field; `time` may skip. */
const pan = (across: number, down: number, time = (field: number) => field): Scene => ({
  luma: (column, row, field) => wall(column + across * time(field), row + down * time(field)),
});
const measured = (scene: Scene, bitDepth = 10) => {
  const series = measurePictures(drawPictures(scene, { ...size, bitDepth }), [motionStep]);
  return { step: [...series.column('motionStep')], ratio: [...series.column('motionRatio')] };
};

describe.each([10, 8])('at %i bit', (bitDepth) => {
  it('follows the picture, whichever way it goes', () => {
    for (const [across, down] of [
      [-2, 1],
      [0, 4],
    ] as const) {
      const { step, ratio } = measured(pan(across, down), bitDepth);
      expect(step[0]).toBeNaN();
      const expected = 2 * Math.hypot(across, down);
      for (const value of step.slice(1)) expect(Math.abs(value - expected)).toBeLessThan(0.8);
      for (const value of ratio.slice(2)) expect(Math.abs(value - 1)).toBeLessThan(0.3);
    }
  });

  it('sees a step of two where a frame is missing, and none where one is repeated', () => {
    const missing = measured(
      pan(2, 0, (field) => (field >= 4 ? field + 2 : field)),
      bitDepth,
    );
    expect(missing.ratio[2]).toBeCloseTo(2, 0);
    expect(missing.ratio[3]).toBeCloseTo(0.5, 1);
    const repeated = drawPictures(pan(2, 0), { ...size, bitDepth });
    repeated.pictures[3]?.y.set(repeated.pictures[2]?.y ?? []);
    const series = measurePictures(repeated, [motionStep]);
    expect(series.column('motionStep')[3]).toBe(0);
    expect(series.column('motionRatio')[3]).toBeCloseTo(0, 6);
  });
});

it('finds the picture again behind a gap, however far it went, and not behind a cut', () => {
  const posts = (column: number, row: number) =>
    450 + 150 * Math.sin((column * column) / 9000 + row / 40) + 90 * Math.sin(row / 13 + column / 31);
  const far = (fields: number): Scene => ({
    luma: (column, row, field) => posts(column + 2 * field + (field >= 6 ? 2 * fields : 0), row),
  });
  const kept = (scene: Scene) =>
    measurePictures(drawPictures(scene, { ...size, width: 400 }), [motionStep]).column('motionKept')[3];
  expect(kept(far(0))).toBeGreaterThan(0.9);
  // 60 pixels: farther than blocks are looked for.
  expect(kept(far(30))).toBeGreaterThan(0.8);
  const cut: Scene = {
    luma: (column, row, field) => (field < 6 ? posts(column, row) : wall(3 * column + 700, 2 * row)),
  };
  expect(kept(cut)).toBeLessThan(0.35);
});

it('finds no motion in a still, and says nothing of what it cannot follow', () => {
  expect(measured(pan(0, 0)).step.slice(1)).toEqual([0, 0, 0, 0]);
  for (const scene of [{ luma: () => 300 }, pan(0, 0, (field) => 1000 * field)])
    for (const value of measured({ ...scene }).step) expect(value || Number.NaN).toBeNaN();
});
