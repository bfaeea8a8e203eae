import { describe, expect, test } from 'vitest';
import type { DrawnSamples } from '#shared/domain/drawn-samples.ts';
import { drawEnvelope, rowOf } from './draw-envelope.ts';
import { createEnvelope, planPixels, readEnvelope, readExtent } from './envelope.ts';
import { viewOf } from './scale.ts';
import { opaque, type Surface } from './surface.ts';
import { heightOf, type ValueScale, valueScale } from './value-scale.ts';

/** A stretch of a tape in pieces of so many frames, as the engine answers. */
function pieces(tape: Float32Array, from: number, to: number, length: number): DrawnSamples {
  const frames = Uint32Array.from({ length: Math.ceil((to - from) / length) }, (_, at) => from + at * length);
  const of = (choose: (values: Float32Array) => number) =>
    Float32Array.from(frames, (start) => choose(tape.subarray(start, Math.min(to, start + length))));
  const lane = {
    min: of((values) => values.reduce((a, b) => Math.min(a, b))),
    mean: of((values) => values.reduce((a, b) => a + b, 0) / values.length),
    max: of((values) => values.reduce((a, b) => Math.max(a, b))),
  };
  return { frames, endFrame: to, measures: new Map([['m', lane]]) };
}

function draw(samples: readonly DrawnSamples[], range: { from: number; to: number }, width: number) {
  const envelope = createEnvelope(width);
  const plan = planPixels(samples, viewOf(range, width));
  readEnvelope(envelope, plan, 'm');
  // What reads one of the three alone says the same of every pixel.
  const values = new Float32Array(width);
  for (const kind of ['mean', 'max'] as const) {
    readExtent(values, plan, 'm', kind);
    expect(values.findIndex((value, pixel) => !Object.is(value, envelope[kind][pixel]))).toBe(-1);
  }
  return envelope;
}

/** Draws, and says which rows of a column hold something. */
function rowsOf(envelope: ReturnType<typeof createEnvelope>, scale: ValueScale, height: number) {
  const width = envelope.mean.length;
  const surface: Surface = { width, height, pixels: new Uint32Array(width * height) };
  const white = opaque(255, 255, 255);
  drawEnvelope(surface, { top: 0, height }, scale, envelope, { band: white, line: white }, 1);
  return (column: number) =>
    Array.from({ length: height }, (_, row) => row).filter((row) => surface.pixels[row * width + column]);
}

describe('what is drawn', () => {
  test('holds the mean where frames share a pixel, and each frame where it has many', () => {
    const tape = Float32Array.from({ length: 8 }, (_, at) => at);
    const wide = draw([pieces(tape, 0, 8, 1)], { from: 0, to: 8 }, 2);
    expect([...wide.mean, ...wide.min, ...wide.max]).toEqual([1.5, 5.5, 0, 4, 3, 7]);
    const near = draw([pieces(tape, 0, 8, 1)], { from: 2, to: 4 }, 4);
    expect([...near.mean]).toEqual([2, 2, 3, 3]);
    const beyond = draw([pieces(tape, 4, 8, 1)], { from: 0, to: 8 }, 4);
    expect([...beyond.mean]).toEqual([Number.NaN, Number.NaN, 4.5, 6.5]);
  });

  test('no zoom, no edge of a tile and no rounding hides a spike of one frame', () => {
    let seed = 11;
    const drawLot = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const missed: unknown[] = [];
    for (let round = 0; round < 120; round++) {
      const frames = 2_000 + drawLot(30_000);
      const tape = Float32Array.from({ length: frames }, (_, at) => 100 + 10 * Math.sin(at / 50));
      const spike = drawLot(frames);
      const size = 300 * 10 ** drawLot(5);
      tape[spike] = size;
      // The whole tape roughly, and finer tiles of some of it, as a hand that moves on leaves them.
      const coarse = 1 + drawLot(Math.floor(frames / 200));
      const fine = 1 + drawLot(coarse);
      const tile = fine * (20 + drawLot(100));
      const samples = [pieces(tape, 0, frames, coarse)];
      for (let from = 0; from < frames; from += tile) {
        if (drawLot(3) > 0) samples.push(pieces(tape, from, Math.min(frames, from + tile), fine));
      }
      const length = 10 + drawLot(frames - 10);
      const from = Math.max(0, Math.min(frames - length, spike - drawLot(length) + drawLot(100) / 100));
      if (spike < from || spike >= from + length) continue;
      const [width, height] = [100 + drawLot(900), 20 + drawLot(40)];
      const envelope = draw(samples, { from, to: from + length }, width);
      const overview = samples[0]?.measures.get('m') as never;
      const scale = valueScale(overview) as ValueScale;
      const { framesPerPixel, originPixel } = viewOf({ from, to: from + length }, width);
      const column = Math.floor((spike + 0.5) / framesPerPixel) - originPixel;
      if (column < 0 || column >= width) continue;
      const rows = rowsOf(envelope, scale, height)(column);
      const row = Math.floor(rowOf({ top: 0, height }, scale, size));
      const usual = Math.floor(rowOf({ top: 0, height }, scale, 111));
      if (!rows.includes(row) || usual - row < 2 || heightOf(scale, 110) - heightOf(scale, 90) < 0.4)
        missed.push({ round, spike, from, length, column, row, usual, rows });
    }
    expect(missed).toEqual([]);
  });
});
