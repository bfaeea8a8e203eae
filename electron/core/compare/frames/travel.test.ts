import { expect, it } from 'vitest';
import { createTravel } from './travel.ts';

const file = 1000;

function aheadOf(...frames: number[]): number[] {
  const travel = createTravel();
  for (const frame of frames) travel.note(frame);
  return travel.ahead(file);
}

it.each([
  ['nothing was asked for', [], []],
  ['behind a first question both neighbours are next', [500], [501, 499]],
  ['behind a step more of the same', [500, 501], [502, 503, 504, 505, 506, 507]],
  ['backward too', [500, 499], [498, 497, 496, 495, 494, 493]],
  ['in shuttle by its stride', [500, 508, 516], [524, 532, 540, 548, 556, 564]],
  ['behind uneven steps by the shorter', [500, 501, 504], [505, 506, 507, 508, 509, 510]],
  ['behind a turn the other way', [500, 501, 502, 501], [500, 499, 498, 497, 496, 495]],
  ['behind a jump both neighbours', [500, 501, 502, 900], [901, 899]],
  ['behind a jump from going backward the one before it first', [500, 499, 900], [899, 901]],
  ['the same again changes nothing', [500, 501, 501], [502, 503, 504, 505, 506, 507]],
  ['nothing before the first frame', [2, 1], [0]],
  ['nothing behind the last', [997, 998], [999]],
])('%s', (_what, asked, ahead) => {
  expect(aheadOf(...asked)).toEqual(ahead);
});
