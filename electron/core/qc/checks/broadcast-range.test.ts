import { describe, expect, it } from 'vitest';
import { broadcastRange } from './broadcast-range.ts';
import { type Row, seriesOf, stretchesOf } from './check-on.fixture.ts';

/** Noise of the tape: some samples lie outside. */
const legal: Row = {
  ...{ brng: 0.002, yDarkest: 66, yBrightest: 930, gamutShare: 0.001, satPercentile99: 160 },
};

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const find = (change: Row) =>
    stretchesOf(
      broadcastRange,
      seriesOf(200, (frame) => ({ ...legal, ...(frame >= 50 && frame < 100 ? change : {}) }), { bitDepth }),
    );

  it.each([
    ['white', { brng: 0.03, yBrightest: 990 }],
    ['black', { brng: 0.04, yDarkest: 12 }],
    ['colour', { gamutShare: 0.03, satPercentile99: 400 }],
    ['plain colour over much of the picture', { gamutShare: 0.07, satPercentile99: 321 }],
  ])('warns of %s outside what EBU R 103 tolerates', (_, change) => {
    expect(find(change)).toEqual([[50, 99, 'warn']]);
  });

  it('notes what it tolerates', () => {
    expect(find({ brng: 0.05, yDarkest: 30, yBrightest: 960 })).toEqual([[50, 99, 'info']]);
  });

  it('leaves letters on black alone that ring, but not white that leaves beside them', () => {
    const credits = { brng: 0.27, yLow: 56, yNoise: 5.7, yDarkest: 37 };
    expect(find(credits)).toEqual([]);
    expect(find({ ...credits, yLow: 40 })).toEqual([[50, 99, 'info']]);
    expect(find({ ...credits, yBrightest: 990 })).toEqual([[50, 99, 'warn']]);
  });

  it('is one event where a black that is set too low looks right for a second, and letters on a right one are none', () => {
    const low = { brng: 0.4, yLow: 44, yNoise: 4.2, yDarkest: 32 };
    const seen = (row: (frame: number) => Row) =>
      stretchesOf(
        broadcastRange,
        seriesOf(200, (frame) => ({ ...legal, ...low, ...row(frame) }), { bitDepth }),
      );
    const right = { yLow: 52, brng: 0.25 };
    expect(seen((frame) => (frame >= 70 && frame < 100 ? right : {}))).toEqual([[0, 199, 'info']]);
    expect(seen((frame) => (frame >= 20 ? right : {}))).toEqual([[0, 19, 'info']]);
  });

  it('leaves black and its noise, single peaks, pale colour out of place and bars alone', () => {
    expect(find({ brng: 0.47, yDarkest: 56, yBrightest: 70 })).toEqual([]);
    expect(find({ brng: 0.004, yBrightest: 960 })).toEqual([]);
    expect(find({ gamutShare: 0.3, satPercentile99: 200 })).toEqual([]);
    expect(find({ brng: 0.3, yDarkest: 20, gamutShare: 0.5, satPercentile99: 400, barsSet: 1 })).toEqual([]);
  });
});
