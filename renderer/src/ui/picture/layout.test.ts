import { describe, expect, test } from 'vitest';
import { areasOf, nextZoom, panned, partOf, placed, pointIn, wholePicture, zoomedAt } from './layout.ts';

const pal = { width: 720, height: 576, shape: 12 / 11 };
const area = { x: 0, y: 0, width: 1000, height: 400 };

describe('areas', () => {
  test.each([
    ['one', [{ x: 0, y: 0, width: 101, height: 50 }]],
    [
      'beside',
      [
        { x: 0, y: 0, width: 48, height: 50 },
        { x: 53, y: 0, width: 48, height: 50 },
      ],
    ],
    [
      'stacked',
      [
        { x: 0, y: 0, width: 101, height: 23 },
        { x: 0, y: 27, width: 101, height: 23 },
      ],
    ],
  ] as const)('%s', (layout, expected) => expect(areasOf(layout, 101, 50, 4)).toEqual(expected));
});

describe('a picture', () => {
  test('fits in its right shape and stands in the middle', () => {
    const box = placed(area, pal, wholePicture);
    expect(box).toEqual({ x: 227, y: 0, width: 545, height: 400 });
    expect(box.width / box.height).toBeCloseTo((720 * 12) / 11 / 576, 2);
  });

  test('has one line for each device pixel at 1:1, on whole ones', () => {
    expect(placed(area, pal, { ...wholePicture, zoom: 1 })).toEqual({
      x: 107,
      y: -88,
      width: 785,
      height: 576,
    });
  });

  test('never leaves room beside it where it is larger than its area', () => {
    const corner = placed(area, pal, { zoom: 8, centre: { x: 0, y: 1 } });
    expect([corner.x, corner.y + corner.height]).toEqual([0, 400]);
  });

  test.each([
    { x: 450, y: 150 },
    { x: 560, y: 230 },
    { x: 500, y: 200 },
  ])('stays under the pointer at %j when it is zoomed', (pixel) => {
    const before = pointIn(placed(area, pal, wholePicture), pixel);
    let view = wholePicture;
    for (const zoom of [2, 8, 4] as const) {
      view = zoomedAt(view, zoom, { area, raster: pal, pixel });
      const after = pointIn(placed(area, pal, view), pixel);
      // Pictures lie on whole device pixels: half of one at the zoom before is up to one and a half at this one.
      expect(Math.abs(after.y - before.y) * 576 * zoom).toBeLessThanOrEqual(2);
      expect(Math.abs(after.x - before.x) * 786 * zoom).toBeLessThanOrEqual(2);
    }
  });

  test('follows a drag, and a drag back at once from its edge', () => {
    const view = { zoom: 4, centre: { x: 0.5, y: 0.5 } } as const;
    const far = panned(view, { x: 1e6, y: 0 }, { area, raster: pal });
    expect(placed(area, pal, far).x).toBe(0);
    expect(placed(area, pal, panned(far, { x: -30, y: 0 }, { area, raster: pal })).x).toBe(-30);
  });

  test('is divided by parts', () => {
    const lines480 = { x: 0, y: 4 / 486, width: 1, height: 480 / 486 };
    expect(partOf({ x: 10, y: 0, width: 640, height: 486 }, lines480)).toEqual({
      ...{ x: 10, y: 4, width: 640, height: 480 },
    });
  });
});

test('zooms go one by one and stop at both ends', () => {
  expect(nextZoom('fit', 1)).toBe(1);
  expect(nextZoom('fit', -1)).toBe('fit');
  expect(nextZoom(8, 1)).toBe(8);
  expect(nextZoom(4, -1)).toBe(2);
});
