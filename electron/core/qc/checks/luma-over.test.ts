import { describe, expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { lumaOver } from './luma-over.ts';

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const find = (row: (frame: number) => Row) => stretchesOf(lumaOver, seriesOf(200, row, { bitDepth }));
  const white = (level: (frame: number) => number) =>
    find((frame) => ({ yBrightest: level(frame) + wobble(frame, 6) }));

  it('notes white within the tolerance and warns above it', () => {
    expect(white((frame) => (frame >= 50 && frame < 100 ? 974 : 930))).toEqual([[50, 99, 'info']]);
    expect(white((frame) => (frame >= 50 && frame < 100 ? 1000 : 930))).toEqual([[50, 99, 'warn']]);
  });

  it('is one event though motion hides the highlight for a while', () => {
    expect(white((frame) => (frame >= 50 && frame < 120 && frame % 20 < 12 ? 1000 : 930))).toEqual([
      [50, 111, 'warn'],
    ]);
  });

  it('finds small highlights at the end of the scale, but not streaks of a dropout, overshoot and noise', () => {
    const sparks = { yBrightest: 800, yMax: 1019, brng: 0.001, yNoise: 5 };
    const series = (change: Row) =>
      seriesOf(
        200,
        (frame) => (frame >= 50 && frame < 100 ? { ...sparks, ...change } : { yBrightest: 800 }),
        {
          bitDepth,
        },
      );
    expect(stretchesOf(lumaOver, series({}))).toEqual([[50, 99, 'warn']]);
    const dropout = findingsOf(lumaOver, series({}))[0];
    expect(findingsOf(lumaOver, series({}), new Map([['video-dropout', dropout ? [dropout] : []]]))).toEqual(
      [],
    );
    for (const change of [{ yMax: 990 }, { brng: 0.0001 }, { yNoise: 16 }])
      expect(stretchesOf(lumaOver, series(change))).toEqual([]);
  });

  it('does not take the noise of black for a share of white, where no area of the letters is too bright', () => {
    const letters = { yLow: 56, yBrightest: 928, yMax: 1016, brng: 0.27, yNoise: 5.7 };
    expect(find(() => letters)).toEqual([]);
    expect(find(() => ({ ...letters, yBrightest: 950 }))).toEqual([[0, 199, 'warn']]);
    expect(find(() => ({ ...letters, yLow: 80, brng: 0.01 }))).toEqual([[0, 199, 'warn']]);
  });

  it('leaves alone what rings beside black letters, where the flat white between them lies right', () => {
    const letters = { yMax: 1019, brng: 0.01, yNoise: 5 };
    const paper = (yHigh: number) => find(() => ({ ...letters, yHigh, yBrightest: 946 }));
    expect(paper(944)).toEqual([]);
    expect(paper(700)).toEqual([[0, 199, 'warn']]);
  });

  it('says nothing of white that damage makes', () => {
    const series = seriesOf(200, (frame) => ({ yBrightest: frame >= 50 && frame < 100 ? 1000 : 800 }), {
      bitDepth,
    });
    const found = findingsOf(lumaOver, series);
    expect(found).toHaveLength(1);
    expect(findingsOf(lumaOver, series, new Map([['tracking-error', found]]))).toEqual([]);
  });

  it('tells white that was too bright for a second before damage, and not what fades with it', () => {
    const before = (frames: number) => {
      const series = seriesOf(
        200,
        (frame) => ({ yBrightest: frame >= 100 - frames && frame < 190 ? 1000 : 800 }),
        {
          bitDepth,
        },
      );
      const damage = findingsOf(
        lumaOver,
        seriesOf(200, (frame) => ({ yBrightest: frame >= 100 && frame < 190 ? 1000 : 800 })),
      );
      const found = findingsOf(lumaOver, series, new Map([['head-clog', damage]]));
      return found.map(({ startFrame, endFrame }) => [startFrame, endFrame]);
    };
    expect(before(40)).toEqual([[60, 89]]);
    expect(before(20)).toEqual([]);
  });

  it('tells white that is too bright beside a narrow band of noise, in more of the picture than the band has', () => {
    const banded = (change: Row) => {
      const row = { yBrightest: 1000, yHigh: 990, yNoise: 8, noisyBandRows: 20, ...change };
      const series = seriesOf(200, (frame) => (frame < 100 ? row : { yBrightest: 800 }), { bitDepth });
      const found = findingsOf(lumaOver, series);
      return findingsOf(lumaOver, series, new Map([['tracking-error', found]])).length;
    };
    expect(banded({})).toBe(1);
    // Bursts of the band alone, noise of nominal white, and a band that may hold all that is so bright.
    for (const change of [{ yHigh: 900 }, { yHigh: 965 }, { noisyBandRows: 150 }])
      expect(banded(change)).toBe(0);
  });

  it('leaves nominal white, flashes and bars alone', () => {
    expect(white(() => 945)).toEqual([]);
    expect(white((frame) => (frame % 40 === 0 ? 1010 : 930))).toEqual([]);
    expect(find(() => ({ yBrightest: 1000, barsSet: 2 }))).toEqual([]);
  });
});
