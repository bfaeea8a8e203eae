import { expect, test, vi } from 'vitest';
import type { DrawnLane, DrawnSamples } from '#shared/domain/drawn-samples.ts';
import type { Palette } from '../../../ui/graph/palette.ts';
import type { PixelView } from '../../../ui/graph/scale.ts';
import type { Surface } from '../../../ui/graph/surface.ts';
import { valueScale } from '../../../ui/graph/value-scale.ts';
import { createBandPainter } from './paint-band.ts';
import type { SampleTiles } from './sample-tiles.ts';
import type { PlacedLane, Scene } from './scene.ts';
import { createScrollingPicture, neighbours } from './scrolling-picture.ts';

const frames = 4_000;
const colours =
  'panel lane strip line band otherLine sound soundPeak quiet text accent warning failure black white'.split(
    ' ',
  );
const palette = Object.fromEntries(
  colours.map((name, at) => [name, (0xff000000 + 0x0b1d13 * (at + 1)) >>> 0]),
) as unknown as Palette;

/** A measure in pieces of so many frames, with a spike here and there. */
function laneOf(pieces: number, length: number): DrawnLane {
  const mean = Float32Array.from({ length: pieces }, (_, at) => 400 + 90 * Math.sin((at * length) / 170));
  const reach = (at: number) => (at % 97 === 5 ? 500 : 12);
  return {
    mean,
    min: mean.map((value, at) => value - reach(at)),
    max: mean.map((value, at) => value + reach(at)),
  };
}

function samplesOf(from: number, to: number, length: number): DrawnSamples {
  const pieces = (to - from) / length;
  const lane = laneOf(pieces, length);
  const measures = new Map([
    ['m', lane],
    ['peak', lane],
    ['rms', lane],
    ['band', lane],
  ]);
  return {
    frames: Uint32Array.from({ length: pieces }, (_, at) => from + at * length),
    endFrame: to,
    measures,
  };
}

const whole = samplesOf(0, frames, 10);
const near = samplesOf(1_000, 2_000, 2);
const tiles = { overview: () => whole, inSight: () => [whole, near] } as unknown as SampleTiles;
const lane = (top: number, height: number, own: object) => ({ lane: own, top, height }) as PlacedLane;
const scene: Scene = {
  lanes: [
    lane(0, 20, {
      kind: 'map',
      key: 'map',
      subject: 'luma',
      fields: [
        { field: 'upper', columns: ['band', 'm'] },
        { field: 'lower', columns: ['m', 'band'] },
      ],
    }),
    lane(20, 30, { kind: 'measure', key: 'm', columns: ['m'], measure: 'm', unit: 'code' }),
    lane(50, 20, { kind: 'sound', key: 'sound.1', columns: ['peak', 'rms'], channel: 1 }),
  ],
  foot: { events: { top: 70, height: 12 }, notes: { top: 82, height: 8 } },
  tiles,
  second: {
    tiles,
    alignment: undefined,
    shiftFrames: 37,
    frames,
  },
  scales: new Map([['m', valueScale(whole.measures.get('m') as DrawnLane) as never]]),
  limits: new Map([['m', [410, 480]]]),
  bars: Array.from({ length: 60 }, (_, at) => ({
    startFrame: at * 61,
    endFrame: at * 61 + (at % 7) * 4,
    weight: (['info', 'warn', 'fail', 'intended'] as const)[at % 4] as 'info',
  })),
  otherBars: [{ startFrame: 900, endFrame: 1_400, weight: 'fail' }],
  noteBars: [{ startFrame: 1_500, endFrame: 1_700, weight: 'note' }],
  marks: [900, 1_503, 2_222],
  loop: { from: 1_234, to: 2_345 },
  threshold: { key: 'm', value: 450 },
  pictureLines: 576,
  bitDepth: 10,
  palette,
  pixelRatio: 1,
};

const emptySurface = (width: number): Surface => ({ width, height: 90, pixels: new Uint32Array(width * 90) });

test('a picture that was moved is to the pixel the one that is drawn whole', () => {
  const width = 200;
  for (const first of [10 / 3, Math.PI, 0.7]) {
    let framesPerPixel = first;
    const moved = emptySurface(width);
    const picture = createScrollingPicture(createBandPainter());
    let originPixel = Math.round(1_400 / framesPerPixel);
    for (const by of [0, 1, 7, -3, 60, -1, -99, 250, 2]) {
      originPixel += by;
      // The length of a range that was moved is not the same in its last figure; a picture that is drawn anew takes it.
      const view: PixelView = { originPixel, framesPerPixel: framesPerPixel * (1 + by * 1e-15), width };
      if (by > width / 2) ({ framesPerPixel } = view);
      picture.draw(moved, scene, view);
      const anew = emptySurface(width);
      createBandPainter()(anew, scene, { ...view, framesPerPixel });
      const differs = anew.pixels.findIndex(
        (pixel, at) => at % width >= neighbours && pixel !== moved.pixels[at],
      );
      expect([framesPerPixel, by, differs % width, Math.floor(differs / width)]).toEqual([
        framesPerPixel,
        by,
        -1,
        -1,
      ]);
    }
  }
});

test('only the columns that come in are drawn, and nothing where nothing moved', () => {
  const paint = vi.fn();
  const picture = createScrollingPicture(paint);
  const surface = emptySurface(100);
  const view = { originPixel: 50, framesPerPixel: 2, width: 100 };
  const widths = () => paint.mock.calls.map(([drawn]) => (drawn as Surface).width);
  expect(picture.draw(surface, scene, view)).toBe(true);
  expect(picture.draw(surface, scene, view)).toBe(false);
  picture.draw(surface, scene, { ...view, originPixel: 55 });
  expect(widths()).toEqual([100, 6]);
  picture.forget();
  picture.draw(surface, scene, { ...view, originPixel: 55 });
  picture.draw(surface, scene, { ...view, originPixel: 55, framesPerPixel: 2.1 });
  expect(widths()).toEqual([100, 6, 100, 100]);
});
