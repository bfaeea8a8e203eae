import { expect, test } from 'vitest';
import { thumbnailPlaces } from './thumbnail-places.ts';

const row = { width: 1_000, pictureWidth: 48, stepFrames: 250, frames: 900_000 };
const indexes = (from: number, to: number) => thumbnailPlaces({ from, to }, row).map(({ index }) => index);

test('as many pictures stand in a row as have room, of ten hours as of ten seconds', () => {
  const whole = thumbnailPlaces({ from: 0, to: 900_000 }, row);
  expect(whole.length).toBeGreaterThan(12);
  expect(whole.length).toBeLessThanOrEqual(20);
  for (const [at, { left }] of whole.entries()) {
    if (at > 0) expect(left - (whole[at - 1]?.left ?? 0)).toBeGreaterThanOrEqual(50);
  }
  expect(thumbnailPlaces({ from: 0, to: 1_000 }, row)).toEqual([
    { index: 0, left: 0 },
    { index: 1, left: 250 },
    { index: 2, left: 500 },
    { index: 3, left: 750 },
  ]);
});

test('the same pictures stay while a hand pans, and one that begins before the range reaches into it', () => {
  const before = indexes(100_000, 200_000);
  const after = indexes(101_000, 201_000);
  expect(after.filter((index) => !before.includes(index)).length).toBeLessThanOrEqual(1);
  expect(thumbnailPlaces({ from: 260, to: 760 }, row)[0]).toEqual({ index: 1, left: -20 });
  expect(indexes(899_900, 900_000)).toEqual([]);
});
