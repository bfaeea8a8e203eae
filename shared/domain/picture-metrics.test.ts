import { describe, expect, test } from 'vitest';
import { likeness, type MeasuredPlane } from './picture-metrics.ts';

const width = 32;
const height = 24;

function plane(bitDepth: number, valueAt: (column: number, line: number) => number): MeasuredPlane {
  const samples = bitDepth > 8 ? new Uint16Array(width * height) : new Uint8Array(width * height);
  for (let line = 0; line < height; line++) {
    for (let column = 0; column < width; column++) samples[line * width + column] = valueAt(column, line);
  }
  return { samples, width, bitDepth };
}
const whole = { x: 0, y: 0, width, height };
const texture = (column: number, line: number) => 300 + ((column * 37 + line * 101) % 200);

describe('likeness', () => {
  test('is complete where nothing differs', () => {
    const a = plane(10, texture);
    expect(likeness(a, a, whole)).toEqual({ psnrDb: Number.POSITIVE_INFINITY, ssim: 1 });
  });

  test.each([
    // One code everywhere: 20 log10(1023); four codes: 12.04 dB less. Eight bits: 20 log10(255).
    [10, 1, 60.198],
    [10, 4, 48.156],
    [8, 1, 48.131],
  ])('of %i bits that differ by %i code everywhere is %f dB', (bitDepth, by, expected) => {
    const a = plane(bitDepth, (column) => 100 + column);
    const b = plane(bitDepth, (column) => 100 + column + by);
    expect(likeness(a, b, whole).psnrDb).toBeCloseTo(expected, 3);
  });

  test('of even planes follows the means alone', () => {
    const [low, high, c1] = [100, 200, (0.01 * 255) ** 2];
    const expected = (2 * low * high + c1) / (low ** 2 + high ** 2 + c1);
    expect(
      likeness(
        plane(8, () => low),
        plane(8, () => high),
        whole,
      ).ssim,
    ).toBeCloseTo(expected, 9);
  });

  test('of a pattern and its opposite is below zero', () => {
    const a = plane(8, (column) => (column & 1 ? 200 : 50));
    const b = plane(8, (column) => (column & 1 ? 50 : 200));
    expect(likeness(a, b, whole).ssim).toBeLessThan(-0.9);
  });

  test('raises eight bits to the ten of the other side', () => {
    const a = plane(10, (column) => 4 * (20 + column));
    expect(
      likeness(
        a,
        plane(8, (column) => 20 + column),
        whole,
      ).psnrDb,
    ).toBe(Number.POSITIVE_INFINITY);
  });

  test('looks within the region, and at one field where asked for', () => {
    const a = plane(10, texture);
    const b = plane(10, (column, line) => texture(column, line) + (line & 1 && column >= 16 ? 9 : 0));
    const left = { x: 0, y: 0, width: 16, height };
    const right = { ...left, x: 16 };
    expect(likeness(a, b, left).psnrDb).toBe(Number.POSITIVE_INFINITY);
    expect(likeness(a, b, right, 0).psnrDb).toBe(Number.POSITIVE_INFINITY);
    expect(likeness(a, b, right, 1).psnrDb).toBeCloseTo(20 * Math.log10(1023 / 9), 9);
    expect(likeness(a, b, right).psnrDb).toBeCloseTo(20 * Math.log10(1023 / 9) + 10 * Math.log10(2), 9);
  });

  test('says nothing of structure where there is no room for a window', () => {
    const a = plane(8, () => 9);
    expect(likeness(a, a, { x: 3, y: 3, width: 7, height: 12 }).ssim).toBeNull();
    expect(likeness(a, a, { x: 3, y: 3, width: 12, height: 12 }, 1).ssim).toBeNull();
    expect(() => likeness(a, a, { x: 0, y: 0, width: 0, height: 4 })).toThrow(RangeError);
  });
});
