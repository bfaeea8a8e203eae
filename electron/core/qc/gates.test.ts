import { describe, expect, it } from 'vitest';
import { createGates } from './gates.ts';
import type { Series } from './series.ts';

/** Columns from a function of the frame; what a frame does not name was not measured. */
function seriesOf(frames: number, row: (frame: number) => Record<string, number>, bitDepth = 10): Series {
  const scale = 2 ** (bitDepth - 10);
  return {
    frames,
    frameRate: { num: 25, den: 1 },
    bitDepth,
    channels: 0,
    standard: 'PAL',
    column: (id) =>
      Float32Array.from(
        { length: frames },
        (_, frame) => (row(frame)[id] ?? Number.NaN) * (id === 'barsSet' ? 1 : scale),
      ),
  };
}

const marked = (mask: Uint8Array) => [...mask.keys()].filter((frame) => mask[frame]);
const shot = { yMin: 44, yLow: 120, yHigh: 600, yMax: 900, yDif: 9, yAvg: 350, uAvg: 510, vAvg: 520 };
const wobble = (frame: number, width: number) => (((frame * 7919) % 100) / 100 - 0.5) * width;

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const gates = (row: (frame: number) => Record<string, number>) => createGates(seriesOf(60, row, bitDepth));

  it('marks bars, black and flat fields, noise and all', () => {
    const all = gates((frame) => ({
      ...shot,
      ...(frame < 10 ? { barsSet: 1 } : { barsSet: 0 }),
      ...(frame >= 20 && frame < 30 ? { yMin: 40, yLow: 56, yHigh: 76, yMax: 100 } : {}),
      ...(frame >= 40 && frame < 45 ? { yMin: 164, yLow: 164, yHigh: 164, yMax: 164 } : {}),
      ...(frame >= 50 ? { yMin: 450, yLow: 490, yHigh: 520, yMax: 560 } : {}),
    }));
    const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
    expect(marked(all.bars)).toEqual(range(0, 10));
    expect(marked(all.black)).toEqual(range(20, 30));
    expect(marked(all.flat)).toEqual([...range(20, 30), ...range(40, 45), ...range(50, 60)]);
  });

  it('takes neither a title on black nor a pale sky for a flat field', () => {
    expect(marked(gates(() => ({ ...shot, yLow: 64, yHigh: 66, yMax: 900 })).flat)).toEqual([]);
    expect(marked(gates(() => ({ ...shot, yMin: 600, yLow: 610, yHigh: 660, yMax: 672 })).flat)).toEqual([]);
  });

  it('marks a cut in rest and in motion, and each of a fast series', () => {
    const cuts = new Map([
      [15, 90],
      [40, 160],
      [43, 150],
      [45, 170],
    ]);
    const all = gates((frame) => ({
      ...shot,
      yDif: cuts.get(frame) ?? (frame < 30 ? 9 + wobble(frame, 1) : 60 + wobble(frame, 20)),
    }));
    expect(marked(all.cut)).toEqual([15, 40, 43, 45]);
  });

  it('does not take damage, a flash, noise or growing motion for a cut', () => {
    const damage = gates((frame) => ({ ...shot, yDif: frame === 20 || frame === 21 ? 80 : 9 }));
    expect(marked(damage.cut)).toEqual([]);
    const noise = gates((frame) => ({ ...shot, yDif: frame >= 20 && frame < 40 ? 130 : 9 }));
    expect(marked(noise.cut)).toEqual([]);
    const pan = gates((frame) => ({ ...shot, yDif: 9 + frame * 2 }));
    expect(marked(pan.cut)).toEqual([]);
  });

  it('marks both frames of an edit on the second field', () => {
    const all = gates((frame) => ({
      ...shot,
      yDif: frame === 20 || frame === 21 ? 80 : 9,
      yAvg: frame < 20 ? 350 : frame === 20 ? 400 : 450,
    }));
    expect(marked(all.cut)).toEqual([20, 21]);
  });

  it('takes damage of two frames, behind which everything is back, for no edit', () => {
    const all = gates((frame) => ({
      ...shot,
      yDif: frame >= 20 && frame <= 22 ? (frame === 21 ? 52 : 38) : 9,
      yAvg: frame === 20 || frame === 21 ? 380 : 350,
    }));
    expect(marked(all.cut)).toEqual([]);
  });
});

it('has nothing to say of what was not measured', () => {
  const gates = createGates(seriesOf(30, () => ({})));
  expect([gates.bars, gates.black, gates.flat, gates.cut].flatMap(marked)).toEqual([]);
});

it('works the masks out once for as many frames', () => {
  const series = seriesOf(30, () => shot);
  expect(createGates(series).cut).toBe(createGates(series).cut);
});
