import { expect, it } from 'vitest';
import { mapBands } from '#shared/domain/tape-map.ts';
import { type Row, seriesOf } from './checks/check-on.fixture.ts';
import { printStreaks } from './print-streaks.ts';

/** Streaks in every fourth frame, at the height (in twelfths, from 1) that `band` says. */
function streaked(band: (frame: number) => number, change: Row = {}, every = 4) {
  return seriesOf(200, (frame) => {
    const row: Row = { streakLines: 0, streakPixels: 0, motionStep: 8 };
    if (frame === 0 || frame % every !== 0) return row;
    for (let at = 1; at <= mapBands; at++) row[`damagedLower${at}`] = at === band(frame) ? 1 : 0;
    return { ...row, streakLines: 2, streakPixels: 144, ...change };
  });
}
const count = (series: Parameters<typeof printStreaks>[0]) =>
  printStreaks(series).filter((is) => is === 1).length;
const print = (frame: number) => 6 + (Math.floor(frame / 4) % 3);
const anywhere = (frame: number) => 1 + ((frame * 7) % mapBands);

it('knows short streaks that come again at one height of a picture that moves', () => {
  expect(count(streaked(print))).toBe(49);
  expect(printStreaks(streaked(print))[5]).toBe(0);
});

it('leaves dropouts: anywhere, long, many lines, before a still camera, few, and along the tape', () => {
  expect(count(streaked((frame) => anywhere(frame / 4)))).toBe(0);
  expect(count(streaked(print, { streakPixels: 240 }))).toBe(0);
  expect(count(streaked(print, { streakLines: 9 }))).toBe(0);
  expect(count(streaked(print, { motionStep: 0 }))).toBe(0);
  expect(count(streaked(print, {}, 40))).toBe(0);
  expect(count(streaked(print, {}, 1))).toBe(0);
});
