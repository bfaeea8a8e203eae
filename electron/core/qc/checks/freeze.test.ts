import { describe, expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { freeze } from './freeze.ts';

/** A moving shot of a tape with six codes of noise: stills differ by 6.8. */
const moving = (frame: number): Row => ({
  ...{ yMin: 40, yLow: 120, yHigh: 600, yMax: 900, yNoise: 6 + wobble(frame, 0.3) },
  ...{ yDif: 22 + wobble(frame, 3), fieldDifLeast: 21 + wobble(frame, 3) },
});
const still = (frame: number): Row => ({
  ...moving(frame),
  yDif: 6.9 + wobble(frame, 0.1),
  fieldDifLeast: 6.8,
});
const held = (frame: number, difference = 0): Row => ({
  ...moving(frame),
  yDif: difference,
  fieldDifLeast: difference,
});
const within = (frame: number, from: number, to: number) => frame >= from && frame <= to;

it('holds a freeze against a limit that stands among its limits, with its source, or follows from them', () => {
  const heldAt = (noise: number) =>
    findingsOf(
      freeze,
      seriesOf(300, (frame) => ({
        ...(within(frame, 100, 119) ? held(frame, 0.1) : moving(frame)),
        yNoise: noise,
      })),
    )[0]?.evidence;
  const { mostChangeCodes, noiseShare, exactChangeCodes } = freeze.limits;
  expect(heldAt(6)).toMatchObject({ limitYDif: mostChangeCodes.value, yNoise: 6 });
  expect(heldAt(2)?.['limitYDif']).toBeCloseTo((noiseShare.value * 2 * 2) / Math.sqrt(Math.PI), 3);
  expect(exactChangeCodes.source).not.toBe('');
});

it('goes by the limits that a profile sets', () => {
  const tape = seriesOf(300, (frame) => (within(frame, 100, 119) ? held(frame, 1.2) : moving(frame)));
  expect(findingsOf(freeze, tape)).toHaveLength(1);
  const strict = Object.fromEntries(Object.entries(freeze.limits).map(([name, { value }]) => [name, value]));
  expect(freeze.evaluate(tape, { ...strict, mostChangeCodes: 1 } as never, new Map())).toEqual([]);
});

it('claims nothing of bars and of stills whose beginning nobody measured', () => {
  // Measuring gave way while the card lost frames: rows without values, and no difference in the first one behind them.
  const unmeasured = (frame: number): Row | undefined =>
    within(frame, 60, 90) ? { yDif: Number.NaN, fieldDifLeast: Number.NaN, yNoise: Number.NaN } : undefined;
  const bars = (frame: number): Row => ({ ...held(frame), yNoise: 0.1, barsSet: 1 });
  const tape = (frame: number): Row => unmeasured(frame) ?? (frame < 150 ? bars(frame) : moving(frame));
  expect(stretchesOf(freeze, seriesOf(140, tape))).toEqual([]);
  expect(stretchesOf(freeze, seriesOf(300, tape))).toEqual([]);
  // What is held from a frame on that was seen is told all the same.
  const heldLater = (frame: number): Row =>
    unmeasured(frame) ?? (within(frame, 100, 119) ? held(frame) : moving(frame));
  expect(stretchesOf(freeze, seriesOf(300, heldLater)).map(([from, to]) => [from, to])).toEqual([[100, 119]]);
});

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const find = (row: (frame: number) => Row, frames = 300) =>
    stretchesOf(freeze, seriesOf(frames, row, { bitDepth }));

  it('finds what a machine holds, exactly or through its own small noise', () => {
    const holds = (difference: number, leap: number) => (frame: number) =>
      within(frame, 100, 119)
        ? held(frame, difference)
        : { ...moving(frame), ...(frame === 120 && { yDif: leap }) };
    expect(find(holds(0, 45))).toEqual([[100, 119, 'fail']]);
    expect(find(holds(1.2, 45))).toEqual([[100, 119, 'fail']]);
    // A codec leaves out what does not change: then motion goes on without a leap.
    expect(find(holds(0, 22))).toEqual([[100, 119, 'warn']]);
    expect(find((frame) => (within(frame, 50, 54) ? held(frame) : moving(frame)))).toEqual([
      [50, 54, 'warn'],
    ]);
  });

  it('finds it in a still shot too, and where one field is held', () => {
    expect(find((frame) => (within(frame, 100, 119) ? held(frame, 0.9) : still(frame)))).toEqual([
      [100, 119, 'fail'],
    ]);
    expect(
      find((frame) => ({ ...moving(frame), ...(within(frame, 30, 60) ? { fieldDifLeast: 0.5 } : {}) })),
    ).toEqual([[30, 60, 'warn']]);
  });

  it('is one event though a new frame comes between', () => {
    expect(find((frame) => (within(frame, 100, 130) && frame !== 113 ? held(frame) : moving(frame)))).toEqual(
      [[100, 130, 'warn']],
    );
  });

  it('finds motion that stops at once and leaps on, though noise came on top, but not a pause', () => {
    const stopped = (frame: number, leap: number): Row =>
      frame >= 100 && frame < 120
        ? still(frame)
        : frame === 120
          ? { ...moving(frame), yDif: leap }
          : moving(frame);
    expect(find((frame) => stopped(frame, 45))).toEqual([[100, 119, 'warn']]);
    expect(find((frame) => stopped(frame, 20))).toEqual([]);
    // Little moves, but it leaps far.
    const little = (leap: number) => (frame: number) => {
      const row = stopped(frame, leap);
      return frame >= 100 && frame <= 120
        ? row
        : { ...row, yDif: 11 + wobble(frame, 1), fieldDifLeast: 10.5 };
    };
    expect(find(little(28))).toEqual([[100, 119, 'warn']]);
    expect(find(little(15))).toEqual([]);
    // Another shot.
    expect(find((frame) => ({ ...stopped(frame, 45), yAvg: frame < 120 ? 300 : 340 }))).toEqual([]);
  });

  it('leaves stills, quiet and noisy, alone, and shorter holds to another check', () => {
    expect(find((frame) => (frame < 150 ? still(frame) : moving(frame)))).toEqual([]);
    expect(find(still)).toEqual([]);
    // Noise reduction over time leaves half of the difference.
    expect(find((frame) => ({ ...still(frame), yDif: 3.5, fieldDifLeast: 3.4 }))).toEqual([]);
    expect(find((frame) => (within(frame, 100, 102) ? held(frame) : moving(frame)))).toEqual([]);
    // Fine detail everywhere passes for noise; a clean still of it differs by its own noise of 1.2 codes.
    expect(find((frame) => ({ ...still(frame), yDif: 1.36, fieldDifLeast: 1.35 }))).toEqual([]);
  });

  it('does not look at black, which noise leaves alone, nor at what a machine paints', () => {
    const black = { yMin: 40, yLow: 60, yHigh: 68, yMax: 90, yNoise: 1, yDif: 0.2, fieldDifLeast: 0.2 };
    expect(find((frame) => (within(frame, 100, 150) ? black : moving(frame)))).toEqual([]);
    const blue = { yMin: 164, yLow: 164, yHigh: 164, yMax: 164, yNoise: 0, yDif: 0, fieldDifLeast: 0 };
    expect(find((frame) => (within(frame, 100, 150) ? blue : moving(frame)))).toEqual([]);
  });

  it('takes a drawn still for what it is, and a held motion of a digital tape with a grain of salt', () => {
    const drawn = (frame: number, difference: number): Row => ({
      ...moving(frame),
      ...{ yNoise: 0, yDif: difference, fieldDifLeast: difference },
    });
    // A title: it comes with a cut and stands.
    expect(find((frame) => drawn(frame, frame === 100 ? 90 : within(frame, 101, 150) ? 0 : 12))).toEqual([]);
    expect(find((frame) => drawn(frame, within(frame, 101, 150) ? 0 : 12))).toEqual([[101, 150, 'warn']]);
  });
});
