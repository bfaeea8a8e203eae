import { describe, expect, it } from 'vitest';
import { barColours } from './bar-colours.ts';
import { pillarLeft, renderContent } from './picture.ts';
import { standards } from './standard.ts';
import { unpackV210 } from './v210.ts';

const raster = { width: 192, height: 144 };

describe('bars', () => {
  it('have the 8-bit levels of the tables, at 10 bit', () => {
    // ITU-R BT.1729 and the usual 75 % tables: Y, Cb, Cr in 8 bit.
    const expected = [
      [180, 128, 128],
      [162, 44, 142],
      [131, 156, 44],
      [112, 72, 58],
      [84, 184, 198],
      [65, 100, 212],
      [35, 212, 114],
      [16, 128, 128],
    ];
    for (const [bar, colour] of barColours('NTSC').entries()) {
      for (const [component, level] of colour.entries()) {
        expect(Math.abs(level / 4 - (expected[bar]?.[component] ?? 0))).toBeLessThanOrEqual(0.5);
      }
    }
    expect(barColours('NTSC')[0]).toEqual([721, 512, 512]);
    expect(barColours('PAL')[0]).toEqual([940, 512, 512]);
  });
});

describe('a scene', () => {
  it.each(['PAL', 'NTSC'] as const)('moves from field to field in the order of %s', (name) => {
    const standard = standards[name];
    const frame = 12;
    const packed = [...renderContent('scene', standard, raster, 1)][frame] as Uint8Array;
    const { y } = unpackV210(packed, raster.width, raster.height);
    const leftEdge = (line: number) =>
      y.subarray(line * raster.width, (line + 1) * raster.width).findIndex((sample) => sample > 800);
    const bottomPair = raster.height - 2;
    const [top, bottom] = [leftEdge(bottomPair), leftEdge(bottomPair + 1)];
    const [earlier, later] = standard.fieldOrder === 'tff' ? [top, bottom] : [bottom, top];
    expect(earlier).toBe(pillarLeft(frame * 2, raster.width, standard));
    expect(later).toBe(pillarLeft(frame * 2 + 1, raster.width, standard));
    expect(later).toBeGreaterThan(earlier);
  });
});

describe('the test signal', () => {
  it.each(['PAL', 'NTSC'] as const)('has bars, a pillar that moves by field and a clap, in %s', (name) => {
    const standard = standards[name];
    const frames = [...renderContent('station-test', standard, raster, 1)].map((packed) =>
      unpackV210(packed, raster.width, raster.height),
    );
    expect(frames).toHaveLength(name === 'PAL' ? 75 : 90);
    const line = (frame: number, number: number) =>
      frames[frame]?.y.subarray(number * raster.width, (number + 1) * raster.width) ?? new Uint16Array();
    expect([...new Set(line(10, 72))]).toEqual(
      barColours(name)
        .slice(0, name === 'PAL' ? 8 : 7)
        .map(([y]) => y),
    );
    expect(Math.min(...line(1, 30))).toBe(940);
    const leftEdge = (number: number) => line(2, number).indexOf(940);
    const [top, bottom] = [leftEdge(30), leftEdge(31)];
    expect(name === 'PAL' ? bottom - top : top - bottom).toBeGreaterThan(0);
  });
});

describe('noise', () => {
  it('is the same for the same seed and another for another', () => {
    const first = (seed: number) => renderContent('noise', standards.PAL, raster, seed).next().value;
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });
});
