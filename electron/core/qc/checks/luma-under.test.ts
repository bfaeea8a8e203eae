import { describe, expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { lumaUnder } from './luma-under.ts';

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const find = (row: (frame: number) => Row) => stretchesOf(lumaUnder, seriesOf(200, row, { bitDepth }));
  const dark = (level: (frame: number) => number) =>
    find((frame) => ({ yDarkest: level(frame) + wobble(frame, 4) }));

  it('notes black within the tolerance and warns below it', () => {
    expect(dark((frame) => (frame >= 50 && frame < 100 ? 32 : 66))).toEqual([[50, 99, 'info']]);
    expect(dark((frame) => (frame >= 50 && frame < 100 ? 10 : 66))).toEqual([[50, 99, 'warn']]);
  });

  it('finds small shadows at the end of the scale, but not undershoot and noise', () => {
    const shadow = { yDarkest: 90, yMin: 4, brng: 0.001, yNoise: 5 };
    const shaded = (change: Row) =>
      find((frame) => (frame >= 50 && frame < 100 ? { ...shadow, ...change } : { yDarkest: 90 }));
    expect(shaded({})).toEqual([[50, 99, 'warn']]);
    for (const change of [{ yMin: 24 }, { brng: 0.0001 }, { yNoise: 13 }, { yDarkest: 105 }])
      expect(shaded(change)).toEqual([]);
  });

  it('leaves alone what rings beside white letters, where the flat black between them lies right', () => {
    const letters = { yMin: 4, brng: 0.3, yNoise: 4.5 };
    const black = (level: number) => find(() => ({ ...letters, yDarkest: level - 8, yLow: level - 6 }));
    expect(black(66)).toEqual([]);
    // Set too low, with the same letters.
    expect(black(38)).toEqual([[0, 199, 'info']]);
    // No flat black that could tell.
    expect(find(() => ({ ...letters, yDarkest: 60, yLow: 150 }))).toEqual([[0, 199, 'warn']]);
  });

  it('lets areas beside letters ring as far as EBU R 103 tolerates, where most of the picture is a black that lies right', () => {
    const credits = (change: Row) =>
      find(() => ({ yMin: 4, yNoise: 5.7, yLow: 56, yDarkest: 37, brng: 0.27, ...change }));
    expect(credits({})).toEqual([]);
    expect(credits({ yDarkest: 15 })).toEqual([[0, 199, 'warn']]);
    // Little of that black, and black that is set too low.
    expect(credits({ brng: 0.11 })).toEqual([[0, 199, 'info']]);
    expect(credits({ yLow: 40 })).toEqual([[0, 199, 'info']]);
  });

  it('tells black that is too dark beside a narrow band of noise, in more of the picture than the band has', () => {
    const banded = (change: Row) => {
      const row = { yDarkest: 12, yLow: 20, yNoise: 6, noisyBandRows: 20, ...change };
      const series = seriesOf(200, (frame) => (frame < 100 ? row : { yDarkest: 90 }), { bitDepth });
      const found = findingsOf(lumaUnder, series);
      return findingsOf(lumaUnder, series, new Map([['tracking-error', found]])).length;
    };
    expect(banded({})).toBe(1);
    for (const change of [{ yLow: 80 }, { yLow: 36 }, { noisyBandRows: 150 }]) expect(banded(change)).toBe(0);
  });

  it('leaves black with its noise, dips and the PLUGE of bars alone', () => {
    expect(dark(() => 54)).toEqual([]);
    expect(dark((frame) => (frame % 40 < 3 ? 4 : 66))).toEqual([]);
    expect(find(() => ({ yDarkest: 30, barsSet: 1 }))).toEqual([]);
  });
});
