import { describe, expect, test } from 'vitest';
import { heightOf, type ValueScale, valueAt, valueScale } from './value-scale.ts';

/** Samples of which each piece is one value. */
const flat = (values: readonly number[]) => {
  const samples = Float32Array.from(values);
  return { min: samples, mean: samples, max: samples };
};
const scaleOf = (values: readonly number[], floor?: number) => valueScale(flat(values), floor) as ValueScale;
const wave = Array.from({ length: 1000 }, (_, at) => 100 + 20 * Math.sin(at / 9));

describe('the scale of values', () => {
  test('is even where nothing stands out', () => {
    const scale = scaleOf(wave);
    expect([scale.above, scale.below]).toEqual([0, 0]);
    expect(heightOf(scale, 80)).toBeCloseTo(0.05, 1);
    expect(heightOf(scale, 120)).toBeCloseTo(0.95, 1);
    expect(heightOf(scale, 100)).toBeCloseTo(0.5, 2);
  });

  test('one spike, however high, takes a quarter of the lane at most from the rest', () => {
    for (const spike of [200, 1_000, 1e6, 1e9]) {
      const scale = scaleOf([...wave, spike]);
      expect(heightOf(scale, 120) - heightOf(scale, 80)).toBeGreaterThan(0.68);
      expect(heightOf(scale, spike)).toBeGreaterThan(heightOf(scale, 121) + 0.1);
      expect(heightOf(scale, spike)).toBeLessThanOrEqual(1);
    }
  });

  test('a measure that is mostly nothing shows what differs', () => {
    const rare = Array.from({ length: 1000 }, (_, at) => (at % 50 === 0 ? 1 + (at % 7) : 0));
    const scale = scaleOf([...rare, 280]);
    expect(heightOf(scale, 1) - heightOf(scale, 0)).toBeGreaterThan(0.1);
    expect(heightOf(scale, 280)).toBeGreaterThan(heightOf(scale, 7));
    const one = scaleOf([...new Array<number>(500).fill(0), 5]);
    expect(heightOf(one, 5) - heightOf(one, 0)).toBeGreaterThan(0.5);
  });

  test('digital silence lies below, and does not flatten the sound', () => {
    const sound = wave.map((value) => value - 120);
    const scale = scaleOf([...sound, ...new Array<number>(400).fill(-200)], -72);
    expect(scale.low).toBeGreaterThanOrEqual(-72);
    expect(heightOf(scale, 0) - heightOf(scale, -40)).toBeGreaterThan(0.3);
    expect(heightOf(scale, -200)).toBeLessThan(heightOf(scale, -72));
  });

  test('of one value lies in the middle; of nothing there is none', () => {
    expect(heightOf(scaleOf([7, 7, 7]), 7)).toBe(0.5);
    expect(valueScale(flat([Number.NaN]))).toBeNull();
    expect(valueScale(flat([]))).toBeNull();
  });

  test('never turns values round, and is undone by its inverse, on drawn samples', () => {
    let seed = 3;
    const draw = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let round = 0; round < 50; round++) {
      const size = 10 ** (6 * draw() - 2);
      const values = Array.from({ length: 1 + Math.floor(400 * draw()) }, () => {
        const value = size * (draw() - 0.3);
        return draw() < 0.03 ? value * 10 ** (4 * draw()) : value;
      });
      const scale = scaleOf(values);
      const sorted = Float32Array.from(values).sort();
      let last = Number.NEGATIVE_INFINITY;
      for (const value of sorted) {
        const height = heightOf(scale, value);
        expect(height).toBeGreaterThanOrEqual(Math.max(0, last));
        expect(height).toBeLessThanOrEqual(1);
        last = height;
        const back = valueAt(scale, height);
        const unit = Math.max(scale.high - scale.low, Math.abs(value));
        expect(Math.abs(back - value) / unit).toBeLessThan(1e-6);
      }
    }
  });
});
