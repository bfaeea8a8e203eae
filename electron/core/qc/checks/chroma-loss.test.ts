import { describe, expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { chromaLoss } from './chroma-loss.ts';

const colour = (frame: number): Row => ({
  ...{ yMin: 44, yLow: 120, yHigh: 600, yMax: 900, yDif: 9 },
  ...{ satPercentile99: 160 + wobble(frame, 20), uMin: 400, uMax: 620 },
});
/** As behind a colour killer: no noise of chroma either. */
const killed = (frame: number): Row => ({ ...colour(frame), satPercentile99: 4, uMin: 508, uMax: 516 });
/** Black and white that somebody recorded. */
const grey = (frame: number): Row => ({ ...colour(frame), satPercentile99: 18, uMin: 450, uMax: 575 });
const cut = { yDif: 110 };

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const tape = (row: (frame: number) => Row) => seriesOf(200, row, { bitDepth });
  const find = (row: (frame: number) => Row) => stretchesOf(chromaLoss, tape(row));
  const between = (frame: number) => frame >= 80 && frame < 130;

  it('finds colour that goes and comes back within a shot', () => {
    expect(find((frame) => (between(frame) ? killed(frame) : colour(frame)))).toEqual([[80, 129, 'warn']]);
    expect(find((frame) => (frame >= 150 ? killed(frame) : colour(frame)))).toEqual([[150, 199, 'warn']]);
    expect(find((frame) => (frame < 60 ? killed(frame) : colour(frame)))).toEqual([[0, 59, 'warn']]);
  });

  it('is surer where the noise of chroma went as well', () => {
    const confidence = (row: (frame: number) => Row) => findingsOf(chromaLoss, tape(row))[0]?.confidence ?? 0;
    const surer = confidence((frame) => (between(frame) ? killed(frame) : colour(frame)));
    expect(surer).toBeGreaterThan(confidence((frame) => (between(frame) ? grey(frame) : colour(frame))));
  });

  it('leaves a black-and-white tape, shot and fade alone', () => {
    expect(find(grey)).toEqual([]);
    expect(find(killed)).toEqual([]);
    expect(
      find((frame) => ({
        ...(between(frame) ? grey(frame) : colour(frame)),
        ...(frame === 80 || frame === 130 ? cut : {}),
      })),
    ).toEqual([]);
    const fade = (frame: number) => Math.min(1, Math.max(0.05, Math.abs(frame - 105) / 40 - 0.4));
    expect(find((frame) => ({ ...colour(frame), satPercentile99: 160 * fade(frame) }))).toEqual([]);
  });

  it('does not measure a scene by one whose colours are far too strong', () => {
    const strong = (frame: number): Row => ({ ...colour(frame), satPercentile99: 700, uMin: 4, uMax: 1016 });
    expect(find((frame) => (between(frame) ? colour(frame) : strong(frame)))).toEqual([]);
    expect(find((frame) => (between(frame) ? killed(frame) : strong(frame)))).toEqual([[80, 129, 'warn']]);
  });

  it('does not take black for a loss', () => {
    const black = { ...killed(0), yMin: 40, yLow: 60, yHigh: 70, yMax: 100 };
    expect(find((frame) => (between(frame) ? black : colour(frame)))).toEqual([]);
  });
});
