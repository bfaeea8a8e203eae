import { expect, it } from 'vitest';
import { drawPictures, type Scene } from './drawn-pictures.fixture.ts';
import type { PictureRaster } from './instrument.ts';
import { createWideBend } from './wide-bend.ts';

const [width, height, spare] = [720, 160, 60];

/** Always the same numbers between 0 and 1. */
function dice(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Leaves that lie every way, or boards that lean by up to `lean` pixels a row: levels of a picture and of what is beside it. */
function things(count: number, draw: 'leaves' | 'boards', lean = 0.6): Float32Array {
  const random = dice();
  const across = width + 2 * spare;
  const levels = new Float32Array(across * height).fill(500);
  for (let thing = 0; thing < count; thing++) {
    const [x0, y0, level] = [random() * across, random() * height, 170 + 500 * random()];
    const [long, short, angle] = [10 + 26 * random(), 4 + 6 * random(), Math.PI * random()];
    const slant = (2 * random() - 1) * lean;
    for (let y = 0; y < height; y++)
      for (let x = Math.max(0, Math.floor(x0 - 120)); x < Math.min(across, x0 + 120); x++) {
        const [right, down] = [x - x0, y - y0];
        const along = right * Math.cos(angle) + down * Math.sin(angle);
        const aside = down * Math.cos(angle) - right * Math.sin(angle);
        const isThere =
          draw === 'leaves'
            ? (along / long) ** 2 + (aside / short) ** 2 < 1
            : Math.abs(right - slant * down) < short && Math.abs(down) < 2 * long;
        if (isThere) levels[y * across + x] = level;
      }
  }
  return levels;
}

const levelAt = (levels: Float32Array, column: number, row: number): number => {
  const left = Math.floor(column);
  const place = row * (width + 2 * spare) + spare + left;
  const [here, next] = [levels[place] as number, levels[place + 1] as number];
  return here + (next - here) * (column - left);
};

/** What every picture of a scene that moves to the side is said to be aside by; `bend` by columns, of a row. */
function bends(levels: Float32Array, bend: (row: number, column: number) => number, bitDepth = 10): number[] {
  const scene: Scene = {
    luma: (column, row, field) => levelAt(levels, column - bend(row, column) + 0.7 * field, row),
  };
  const { raster, pictures } = drawPictures(scene, { frames: 2, width, height, bitDepth, noiseCodes: 4 });
  const wideBend = createWideBend(raster);
  return pictures.map(({ y }) => wideBend(y, 4 * 2 ** (bitDepth - 10)));
}
const leaves = things(420, 'leaves');
const room = things(60, 'boards');
const straight = () => 0;
const hook = (pixels: number) => (row: number) => pixels * Math.exp(-row / 20);

it.each([10, 8])('finds a hook among leaves and among boards that lean (%i bit)', (bitDepth) => {
  for (const [levels, pixels] of [
    [leaves, 30],
    [leaves, -30],
    [room, 22],
    [room, -22],
  ] as const)
    for (const bend of bends(levels, hook(pixels), bitDepth)) {
      // What leans the other way as much takes from it: the measure is careful.
      expect(bend / pixels).toBeGreaterThan(0.3);
      expect(bend / pixels).toBeLessThan(1.4);
    }
});

it('says nothing of leaves and leaning boards that move past', () => {
  for (const levels of [leaves, room])
    for (const bend of bends(levels, straight)) expect(bend === 0 || Number.isNaN(bend)).toBe(true);
});

it('says nothing of rain and hedges: what leans alike but does not fade, or bends on one side', () => {
  const rain = (row: number) => 0.6 * (row - 80);
  const hedge = (row: number, column: number) => (column < width / 2 ? hook(30)(row) : 0);
  for (const bend of [...bends(room, rain), ...bends(leaves, hedge)])
    expect(bend === 0 || Number.isNaN(bend)).toBe(true);
});

it('cannot tell of a sky, nor of a picture too small', () => {
  const sky = new Float32Array((width + 2 * spare) * height).fill(600);
  for (const bend of bends(sky, hook(30))) expect(bend).toBeNaN();
  const small = drawPictures({ luma: (column) => 300 + (column % 40) * 8 }, { frames: 1 });
  expect(createWideBend(small.raster)(small.pictures[0]?.y as Uint16Array, 4)).toBeNaN();
});

it.each([
  [384, 288],
  [480, 384],
])(
  'has no vote in a picture of %i by %i: letters burnt into its top fill most of the parts',
  (across, down) => {
    const luma = Uint16Array.from({ length: across * down }, (_, at) => 300 + 40 * Math.sin(at));
    expect(createWideBend({ width: across, height: down } as PictureRaster)(luma, 0)).toBeNaN();
  },
);
