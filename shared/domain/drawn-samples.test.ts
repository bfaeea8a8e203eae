import { expect, it } from 'vitest';
import { decodeDrawnSamples, encodeDrawnSamples } from './drawn-samples.ts';

const lane = (...values: number[]) => ({
  min: Float32Array.from(values, (value) => value - 1),
  mean: Float32Array.from(values),
  max: Float32Array.from(values, (value) => value + 1),
});

it('samples come out of their bytes as they went in, gaps among them', () => {
  const samples = {
    frames: Uint32Array.of(7, 20, 900_000),
    endFrame: 900_001,
    measures: new Map([
      ['yMax', lane(940, Number.NaN, 64)],
      ['rmsDbfs.2', lane(-200, -18.5, 0)],
    ]),
  };
  expect(decodeDrawnSamples(['yMax', 'rmsDbfs.2'], encodeDrawnSamples(samples))).toEqual(samples);
  const nothing = { frames: new Uint32Array(), endFrame: 0, measures: new Map() };
  expect(decodeDrawnSamples([], encodeDrawnSamples(nothing))).toEqual(nothing);
  expect(() => decodeDrawnSamples(['yMax'], encodeDrawnSamples(samples))).toThrow(RangeError);
});
