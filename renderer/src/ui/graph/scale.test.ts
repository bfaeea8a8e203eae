import { describe, expect, test } from 'vitest';
import { extent, zoomed } from './scale.ts';

describe('the scale of a graph', () => {
  test('holds every value, gaps left out', () => {
    const scale = extent([Number.NaN, 2, 5], [Number.NaN, 9, 7]);
    expect(scale && scale.low < 2 && scale.high > 9).toBe(true);
    expect(extent([Number.NaN], [Number.NaN])).toBeNull();
    expect(extent([-200, -20], [-200, -10], -72)).toMatchObject({ least: -72, greatest: -10 });
    expect(extent([3], [3])).toEqual({ least: 3, greatest: 3, low: 2, high: 4 });
  });

  test('zooms at the pointer and never leaves the pass', () => {
    expect(zoomed({ from: 0, to: 1000 }, 500, 0.5, 1000)).toEqual({ from: 250, to: 750 });
    expect(zoomed({ from: 0, to: 100 }, 0, 0.5, 1000)).toEqual({ from: 0, to: 50 });
    expect(zoomed({ from: 900, to: 1000 }, 1000, 20, 1000)).toEqual({ from: 0, to: 1000 });
    expect(zoomed({ from: 500, to: 510 }, 505, 0.1, 1000)).toEqual({ from: 500, to: 510 });
  });
});
