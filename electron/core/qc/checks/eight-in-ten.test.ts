import { describe, expect, it } from 'vitest';
import { type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { eightInTen } from './eight-in-ten.ts';

const shot: Row = { yMin: 40, yLow: 120, yHigh: 600, yMax: 900 };
const find = (row: (frame: number) => Row) => stretchesOf(eightInTen, seriesOf(200, row));

describe('the use of codes', () => {
  it('tells eight bits from ten', () => {
    expect(find(() => ({ ...shot, eightBitShare: 1 }))).toEqual([[0, 199, 'warn']]);
    expect(find((frame) => ({ ...shot, eightBitShare: 0.26 + wobble(frame, 0.02) }))).toEqual([]);
  });

  it('needs neither every frame to tell, nor every sample', () => {
    const row = (frame: number) => ({ ...shot, eightBitShare: frame % 3 ? Number.NaN : 0.985 });
    expect(find(row)).toEqual([[0, 199, 'warn']]);
  });

  it('tells a part of a file', () => {
    expect(find((frame) => ({ ...shot, eightBitShare: frame >= 60 && frame < 130 ? 1 : 0.26 }))).toEqual([
      [60, 129, 'warn'],
    ]);
  });

  it('is not led by bars, titles and black, which are drawn in eight bits', () => {
    const bars = (frame: number) =>
      frame < 100 ? { ...shot, eightBitShare: 1, barsSet: 1 } : { ...shot, eightBitShare: 0.26, barsSet: 0 };
    expect(find(bars)).toEqual([]);
    expect(find((frame) => ({ ...shot, eightBitShare: frame < 30 ? 1 : 0.26 }))).toEqual([]);
    expect(find(() => ({ ...shot, eightBitShare: Number.NaN }))).toEqual([]);
  });
});
