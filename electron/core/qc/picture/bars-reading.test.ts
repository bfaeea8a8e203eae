import { describe, expect, it } from 'vitest';
import { barsSets } from '../bars-sets.ts';
import { barsReading } from './bars-reading.ts';
import { decodePictures, measurePictures } from './decoded-pictures.fixture.ts';
import { drawPictures, type Scene } from './drawn-pictures.fixture.ts';

/** Bars of a set that a deck plays with these errors. */
function barsOf(set: number, { gain = 1, hueDegrees = 0, luma = 1, lift = 0, width = 192 } = {}): Scene {
  const bars = barsSets[set - 1]?.bars ?? [];
  const [cosine, sine] = [Math.cos((hueDegrees * Math.PI) / 180), Math.sin((hueDegrees * Math.PI) / 180)];
  const at = (column: number) =>
    bars[Math.min(bars.length - 1, Math.floor((column * bars.length) / width))] ?? [64, 512, 512];
  return {
    luma: (column) => 64 + (at(column)[0] - 64) * luma + lift,
    chroma: (column) => {
      const [, u, v] = at(column);
      return [
        512 + gain * (cosine * (u - 512) - sine * (v - 512)),
        512 + gain * (sine * (u - 512) + cosine * (v - 512)),
      ];
    },
  };
}

const read = (scene: Scene, bitDepth: number) => {
  const series = measurePictures(drawPictures(scene, { frames: 1, bitDepth, noiseCodes: 10 }), [barsReading]);
  const [set, luma, gain, hue] = barsReading.measures.map(({ id }) => series.column(id)[0] as number);
  return { set, luma, gain, hue } as { set: number; luma: number; gain: number; hue: number };
};

describe.each([10, 8])('at %i bit', (bitDepth) => {
  it.each([1, 2, 3, 4])('reads set %i and finds it in order', (set) => {
    const reading = read(barsOf(set), bitDepth);
    expect(reading.set).toBe(set);
    expect(Math.abs(reading.luma)).toBeLessThan(0.01);
    expect(Math.abs(reading.gain)).toBeLessThan(0.2);
    expect(Math.abs(reading.hue)).toBeLessThan(1);
  });

  it('reads what the proc amp has to mend', () => {
    const reading = read(barsOf(2, { gain: 0.8, hueDegrees: 9, luma: 0.95 }), bitDepth);
    expect(reading.set).toBe(2);
    expect(reading.luma).toBeCloseTo(-0.05, 2);
    expect(reading.gain).toBeCloseTo(20 * Math.log10(0.8), 1);
    expect(reading.hue).toBeCloseTo(9, 0);
    expect(read(barsOf(1, { lift: 35 }), bitDepth).luma).toBeCloseTo(0.04, 2);
  });

  it('reads bars of a home cassette, whose chroma wavers from line to line', () => {
    const bars = barsOf(2);
    // Ten lines of the frame share little, and none of it stays.
    const wavers = (row: number) => 45 * Math.sin(row * 2.4) + 25 * Math.sin(row * 5.1);
    const cassette: Scene = {
      ...bars,
      chroma(column, row, field) {
        const [u, v] = bars.chroma?.(column, row, field) ?? [512, 512];
        return [u + wavers(row), v - wavers(row + 7)];
      },
    };
    const reading = read(cassette, bitDepth);
    expect(reading.set).toBe(2);
    expect(Math.abs(reading.hue)).toBeLessThan(2);
  });

  it('takes no other picture for bars', () => {
    const grey: Scene = { luma: (column) => 900 - 100 * Math.floor(column / 24) };
    const stripes: Scene = {
      ...grey,
      chroma: (column) => [512 + 200 * Math.sin(column / 10), 512 + 200 * Math.cos(column / 20)],
    };
    const dresses: Scene = {
      ...barsOf(2),
      luma: (column, row) => barsOf(2).luma(column, row, 0) + 200 * Math.sin(row / 11),
    };
    for (const scene of [grey, stripes, dresses, { luma: () => 500 }])
      expect(read(scene, bitDepth)).toEqual({ set: 0, luma: NaN, gain: NaN, hue: NaN });
  });
});

it('reads the bars that ffmpeg draws, narrowed by blanking', async () => {
  for (const [source, set] of [
    ['smptebars', 1],
    ['pal75bars', 2],
    ['pal100bars', 4],
  ] as const) {
    const graph = `${source}=s=352x288:r=25,pad=360:288:4:0,setsar=1`;
    const decoded = await decodePictures({ graph }, { width: 360, height: 288, frames: 1 });
    const series = measurePictures(decoded, [barsReading]);
    expect(series.column('barsSet')[0]).toBe(set);
    expect(Math.abs(series.column('barsLumaError')[0] as number)).toBeLessThan(0.01);
    expect(Math.abs(series.column('barsHueError')[0] as number)).toBeLessThan(1);
  }
});
