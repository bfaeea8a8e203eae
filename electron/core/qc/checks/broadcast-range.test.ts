import { describe, expect, it } from 'vitest';
import { broadcastRange } from './broadcast-range.ts';
import { type Row, seriesOf, stretchesOf } from './check-on.fixture.ts';

const legal: Row = { yPercentile1: 66, yPercentile99: 930, gamutShare: 0.001 };

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const find = (change: Row) =>
    stretchesOf(
      broadcastRange,
      seriesOf(200, (frame) => ({ ...legal, ...(frame >= 50 && frame < 100 ? change : {}) }), { bitDepth }),
    );

  it.each([
    ['white', { yPercentile99: 990 }],
    ['black', { yPercentile1: 12 }],
    ['colour', { gamutShare: 0.03 }],
  ])('finds %s outside what EBU R 103 tolerates', (_, change) => {
    expect(find(change)).toEqual([[50, 99, 'warn']]);
  });

  it('leaves what it tolerates alone: noise below black, peaks above white, a speck of colour, bars', () => {
    expect(find({ yPercentile1: 40, yPercentile99: 970, gamutShare: 0.008 })).toEqual([]);
    expect(find({ gamutShare: 0.5, barsSet: 1 })).toEqual([]);
  });
});
