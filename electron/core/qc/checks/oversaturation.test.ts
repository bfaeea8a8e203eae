import { describe, expect, it } from 'vitest';
import { type Row, seriesOf, stretchesOf } from './check-on.fixture.ts';
import { oversaturation } from './oversaturation.ts';

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const find = (change: Row) =>
    stretchesOf(
      oversaturation,
      seriesOf(
        200,
        (frame) => ({
          ...{ satPercentile99: 160, gamutShare: 0 },
          ...(frame >= 50 && frame < 100 ? change : {}),
        }),
        { bitDepth },
      ),
    );

  it('finds what 100 % bars do not reach, and what no red, green and blue give', () => {
    expect(find({ satPercentile99: 520 })).toEqual([[50, 99, 'warn']]);
    expect(find({ satPercentile99: 380, gamutShare: 0.2 })).toEqual([[50, 99, 'warn']]);
  });

  it('leaves a synthesiser, pale colours out of place and bars alone', () => {
    expect(find({ satPercentile99: 472, gamutShare: 0.01 })).toEqual([]);
    expect(find({ satPercentile99: 120, gamutShare: 0.2 })).toEqual([]);
    expect(find({ satPercentile99: 520, barsSet: 4 })).toEqual([]);
  });

  it('leaves legal chroma on luma that is too bright to what that is', () => {
    expect(find({ satPercentile99: 470, gamutShare: 0.3, yDarkest: 70, yBrightest: 1005 })).toEqual([]);
    expect(find({ satPercentile99: 540, gamutShare: 0.3, yDarkest: 70, yBrightest: 1005 })).toHaveLength(1);
  });
});

it('stays one event while what is coloured leaves the picture for a moment', () => {
  const series = seriesOf(200, (frame) => ({
    ...{ yMin: 44, yLow: 120, yHigh: 600, yMax: 900, yDif: 9, gamutShare: 0 },
    satPercentile99: frame >= 60 && frame < 120 && !(frame >= 90 && frame < 99) ? 600 : 180,
  }));
  expect(stretchesOf(oversaturation, series)).toEqual([[60, 119, 'warn']]);
});

describe('where the gain of chroma jumps within a shot', () => {
  const pale: Row = { satAvg: 56, satHigh: 92, satPercentile99: 115, gamutShare: 0 };
  const strong: Row = { satAvg: 147, satHigh: 243, satPercentile99: 300, gamutShare: 0.034 };
  const luma: Row = { yAvg: 400, yLow: 284, yHigh: 516, yDarkest: 234, yBrightest: 655 };
  const find = (row: (frame: number) => Row) =>
    stretchesOf(
      oversaturation,
      seriesOf(200, (frame) => ({ ...luma, ...row(frame) })),
    );
  const isIn = (frame: number) => frame >= 50 && frame < 100;

  it('finds colours that little of the picture has, to where it is taken back, also from the first frame on', () => {
    expect(find((frame) => (isIn(frame) ? strong : pale))).toEqual([[50, 99, 'warn']]);
    expect(find((frame) => (frame < 100 ? strong : pale))).toEqual([[0, 99, 'warn']]);
  });

  it('leaves alone what was so all along, what comes with other luma, one thing that glows, and colour that comes back', () => {
    expect(find(() => strong)).toEqual([]);
    expect(find((frame) => (isIn(frame) ? { ...strong, yHigh: 600 } : pale))).toEqual([]);
    expect(find((frame) => (isIn(frame) ? { ...strong, satAvg: 70 } : pale))).toEqual([]);
    const grey = { satAvg: 12, satHigh: 24, satPercentile99: 30, gamutShare: 0 };
    expect(find((frame) => (frame < 50 ? grey : strong))).toEqual([]);
  });
});
