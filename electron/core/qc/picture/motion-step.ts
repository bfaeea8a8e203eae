import { nthSmallest } from '../nth-smallest.ts';
import { activeAreaBorder } from './active-area.ts';
import type { Picture, PictureInstrumentKind, PictureRaster } from './instrument.ts';
import { createWideMatch } from './wide-match.ts';

/** One grid sample is the mean of four columns of two lines of the upper field. */
const [gridColumns, gridRows] = [4, 4];
/** Blocks of so many grid samples each way, and how far they are looked for: 32 columns, 24 lines. */
const [block, reachX, reachY] = [8, 8, 6];
/** Distance of one block to the next. */
const [strideX, strideY] = [14, 12];
/** Mean difference of grid samples, on the 10-bit scale: below it a block stands still; its structure has to be as strong. */
const [leastMoveCodes, leastTextureCodes] = [6, 4];
/** A match explains so much of the difference, or it is none. */
const mostRest = 0.5;
/** Fewer blocks than this are no motion of the picture. */
const leastBlocks = 3;
/** A share of found blocks is told from so many; where fewer than half are found and the picture leaps, they are looked for farther away. */
const [leastJudged, leastFound, leap] = [8, 0.5, 1.3];

/**
 * How far the picture moves from one frame to the next, by matching blocks of the upper field.
 *
 * `motionStep`: median of the blocks that move, in pixels; 0 where all of them stand still. `motionRatio`: for the blocks that
 * moved before as well, how far they went along their way of then: 1 for steady motion, 2 where a frame is missing, 0
 * where one is repeated. `motionKept`: share of the blocks with structure that are in the picture before as well, where they were,
 * moved, or (where the picture leaps) all together at another place: little behind a cut. NaN where no block can be told.
 */
export const motionStep: PictureInstrumentKind = {
  name: 'motion step',
  measures: [
    { id: 'motionStep', medium: 'video', unit: 'pixel', key: undefined },
    { id: 'motionRatio', medium: 'video', unit: 'factor', key: undefined },
    { id: 'motionKept', medium: 'video', unit: 'share', key: undefined },
  ],
  open(raster) {
    const width = Math.floor(raster.width / gridColumns);
    const height = Math.floor(raster.height / gridRows);
    let now = new Uint16Array(width * height);
    let before = new Uint16Array(width * height);
    const places = blockPlaces(raster, width, height);
    let vectors = new Float32Array(2 * places.length).fill(Number.NaN);
    let earlier = new Float32Array(2 * places.length).fill(Number.NaN);
    const steps = new Float32Array(places.length);
    const ratios = new Float32Array(places.length);
    // A grid sample is a sum of eight, a block has 64 of them.
    const scale = 8 * block * block * 2 ** (raster.bitDepth - 10);
    const wide = createWideMatch({ width, height, block, mostRest }, differenceAt);
    let usualRest = Number.NaN;
    return {
      measure(picture, previous, into, at) {
        [now, before] = [before, now];
        [vectors, earlier] = [earlier, vectors];
        fillGrid(picture, raster, now, width, height);
        into[at] = Number.NaN;
        into[at + 1] = Number.NaN;
        into[at + 2] = Number.NaN;
        vectors.fill(Number.NaN);
        if (!previous) {
          usualRest = Number.NaN;
          return;
        }
        let [told, moving, compared, lost, restOfAll] = [0, 0, 0, 0, 0];
        for (const [index, place] of places.entries()) {
          const rest = differenceAt(now, before, place, place, width, Number.POSITIVE_INFINITY);
          restOfAll += rest;
          if (rest < leastMoveCodes * scale) {
            if (textureAt(now, place, width) >= leastTextureCodes * scale) told++;
            vectors[2 * index] = 0;
            vectors[2 * index + 1] = 0;
          } else if (textureAt(now, place, width) >= leastTextureCodes * scale) {
            if (!match(now, before, place, width, rest, vectors, 2 * index)) {
              // With less to go by a block is neither found nor lost.
              if (rest >= 2 * leastMoveCodes * scale) lost++;
              continue;
            }
            told++;
            steps[moving++] = Math.hypot(vectors[2 * index] as number, vectors[2 * index + 1] as number);
          }
          const ratio = alongBefore(vectors, earlier, 2 * index);
          if (!Number.isNaN(ratio)) ratios[compared++] = ratio;
        }
        if (moving >= leastBlocks) into[at] = medianOf(steps, moving);
        else if (told >= leastBlocks) into[at] = 0;
        if (compared >= leastBlocks) into[at + 1] = medianOf(ratios, compared);
        if (told + lost >= leastJudged) {
          const kept = told / (told + lost);
          const isLeap = kept < leastFound && restOfAll > leap * usualRest;
          into[at + 2] = isLeap ? Math.max(kept, wide.keptOf(now, before, places)) : kept;
        }
        usualRest = restOfAll;
      },
    };
  },
};

function blockPlaces(raster: PictureRaster, width: number, height: number): Int32Array {
  const border = activeAreaBorder(raster);
  const left = Math.ceil(border / gridColumns) + reachX;
  const top = Math.ceil(border / gridRows) + reachY;
  const places: number[] = [];
  for (let row = top; row + block + top <= height; row += strideY) {
    for (let column = left; column + block + left <= width; column += strideX)
      places.push(row * width + column);
  }
  return Int32Array.from(places);
}

function fillGrid({ y }: Picture, raster: PictureRaster, grid: Uint16Array, width: number, height: number) {
  for (let row = 0; row < height; row++) {
    let upper = row * gridRows * raster.width;
    let lower = upper + 2 * raster.width;
    const end = (row + 1) * width;
    for (let place = row * width; place < end; place++) {
      grid[place] =
        (y[upper] as number) +
        (y[upper + 1] as number) +
        (y[upper + 2] as number) +
        (y[upper + 3] as number) +
        (y[lower] as number) +
        (y[lower + 1] as number) +
        (y[lower + 2] as number) +
        (y[lower + 3] as number);
      upper += gridColumns;
      lower += gridColumns;
    }
  }
}

/** Sum of differences of two blocks; any number above `enough` once it is reached. */
function differenceAt(
  now: Uint16Array,
  before: Uint16Array,
  place: number,
  from: number,
  width: number,
  enough: number,
): number {
  let sum = 0;
  for (let row = 0; row < block * width; row += width) {
    for (let column = row; column < row + block; column++) {
      // Without a branch, which noise would make a guess of.
      const difference = ((now[place + column] as number) - (before[from + column] as number)) | 0;
      const sign = difference >> 31;
      sum = (sum + ((difference ^ sign) - sign)) | 0;
    }
    if (sum > enough) return sum;
  }
  return sum;
}

/** Of both directions the weaker structure counts: along an edge a block can be matched anywhere. */
function textureAt(grid: Uint16Array, place: number, width: number): number {
  let across = 0;
  let down = 0;
  for (let row = 0; row < block * width; row += width) {
    for (let column = place + row; column < place + row + block; column++) {
      across += Math.abs((grid[column + 1] as number) - (grid[column] as number));
      down += Math.abs((grid[column + width] as number) - (grid[column] as number));
    }
  }
  return Math.max(across, down);
}

/** Finds where a block was before, to a part of a grid sample; the way is in pixels. False where it is nowhere near. */
function match(
  now: Uint16Array,
  before: Uint16Array,
  place: number,
  width: number,
  rest: number,
  vectors: Float32Array,
  at: number,
): boolean {
  let [least, bestX, bestY] = [rest, 0, 0];
  for (let y = -reachY; y <= reachY; y++) {
    for (let x = -reachX; x <= reachX; x++) {
      const difference = differenceAt(now, before, place, place + y * width + x, width, least);
      if (difference < least) [least, bestX, bestY] = [difference, x, y];
    }
  }
  if (least > mostRest * rest || Math.abs(bestX) === reachX || Math.abs(bestY) === reachY) return false;
  const best = place + bestY * width + bestX;
  const beside = (offset: number) =>
    differenceAt(now, before, place, best + offset, width, Number.POSITIVE_INFINITY);
  vectors[at] = -gridColumns * (bestX + between(beside(-1), least, beside(1)));
  vectors[at + 1] = -gridRows * (bestY + between(beside(-width), least, beside(width)));
  return true;
}

/** Place of the minimum between two neighbours: differences fall off in straight lines on both sides of it. */
function between(before: number, least: number, after: number): number {
  const slope = Math.max(before, after) - least;
  return slope > 0 ? (before - after) / (2 * slope) : 0;
}

function alongBefore(vectors: Float32Array, earlier: Float32Array, at: number): number {
  const [x, y] = [earlier[at] as number, earlier[at + 1] as number];
  const length = x * x + y * y;
  // Below a pixel the ratio is one of errors.
  if (!(length >= 1)) return Number.NaN;
  return ((vectors[at] as number) * x + (vectors[at + 1] as number) * y) / length;
}

function medianOf(values: Float32Array, count: number): number {
  return nthSmallest(values, count, count >> 1);
}
