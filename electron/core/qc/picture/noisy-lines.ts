import type { Picture, PictureRaster } from './instrument.ts';
import { blockSamples, type LineBlocks } from './line-blocks.ts';
import { bottomRowsLeftOut, topRowsLeftOut } from './streaks.ts';

/** Own limits. */
const limits = {
  /** Times the difference that the picture's own noise makes. */
  leastOverNoise: 2.5,
  /** On the 10-bit scale: where a picture has no noise of its own, such as a made one. */
  leastCodes: 14,
  /** Noise is as far from the next line as from the fourth; texture is much nearer to the next. */
  leastIncoherence: 0.72,
  /** Parts of a line's width; all but one have to be noisy, since a tape's noise reaches from side to side. */
  parts: 5,
  /** Of a line’s blocks so many are rough, at this share of the limit: noise has no gaps, letters and drawn detail have. */
  leastRough: 0.8,
  roughShare: 0.7,
  /** Of the difference from the picture before, what is left where the row was. Noise leaves all of it wherever it is looked for. */
  mostLeft: 0.6,
  /** Rows without noise inside one band. */
  bridgeRows: 3,
};

/** How far a row is looked for in the picture before: a fast roll of titles, and what a ticker runs in a frame. */
const [reachRows, reachPixels] = [12, 16];

/** The broadest band of rows without coherence: noise from side to side. Rows count from the top of the frame. */
export interface NoisyBand {
  firstRow: number;
  rows: number;
  /** 1 for each noisy row, whether it belongs to the band or not. */
  isNoisy: Uint8Array;
}

/** Finds bands of noise: rows that differ from the row above and from the frame before by far more than noise does. */
export function createNoisyLineFinder(raster: PictureRaster): {
  find(blocks: LineBlocks, picture: Picture, previous: Picture, noiseCodes: number): NoisyBand;
} {
  const { width, height, bitDepth } = raster;
  const scale = 2 ** (bitDepth - 10);
  const band: NoisyBand = { firstRow: 0, rows: 0, isNoisy: new Uint8Array(height) };
  const parts = new Float32Array(limits.parts);

  function find(blocks: LineBlocks, picture: Picture, previous: Picture, noiseCodes: number): NoisyBand {
    const least = Math.max(limits.leastCodes * scale, limits.leastOverNoise * 1.128 * noiseCodes);
    band.firstRow = 0;
    band.rows = 0;
    band.isNoisy.fill(0);
    let first = -1;
    let last = -1;
    for (let row = topRowsLeftOut; row < height - bottomRowsLeftOut; row++) {
      if (!isNoise(blocks, picture, row, least) || wasThere(picture, previous, row)) continue;
      band.isNoisy[row] = 1;
      if (first < 0 || row - last > limits.bridgeRows + 1) first = row;
      last = row;
      if (last - first + 1 > band.rows) {
        band.firstRow = first;
        band.rows = last - first + 1;
      }
    }
    return band;
  }

  function isNoise(blocks: LineBlocks, picture: Picture, row: number, least: number): boolean {
    const { across, step, change } = blocks;
    const inPart = Math.floor(across / limits.parts);
    const rough = limits.roughShare * least * blockSamples;
    let steps = 0;
    let roughCells = 0;
    for (let part = 0; part < limits.parts; part++) {
      let partSteps = 0;
      let partChanges = 0;
      const from = row * across + part * inPart;
      for (let cell = from; cell < from + inPart; cell++) {
        partSteps += step[cell] as number;
        partChanges += change[cell] as number;
        roughCells += Math.min(step[cell] as number, change[cell] as number) >= rough ? 1 : 0;
      }
      parts[part] = Math.min(partSteps, partChanges) / (inPart * blockSamples);
      steps += partSteps;
    }
    let lowest = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    for (let part = 0; part < limits.parts; part++) {
      const value = parts[part] as number;
      if (value < lowest) {
        second = lowest;
        lowest = value;
      } else if (value < second) second = value;
    }
    if (second < least || roughCells < limits.leastRough * inPart * limits.parts) return false;
    const mean = steps / (inPart * limits.parts * blockSamples);
    return mean > limits.leastIncoherence * farDifference(picture, row);
  }

  /** Whether a row is one that the picture before had at another place: small letters that roll or run are as rough as noise. */
  function wasThere({ y: now }: Picture, { y: before }: Picture, row: number): boolean {
    const from = row * width + reachPixels;
    const to = (row + 1) * width - reachPixels;
    const most = limits.mostLeft * differenceAt(now, before, from, to, 0, Number.POSITIVE_INFINITY);
    const up = Math.max(-reachRows, -row);
    const down = Math.min(reachRows, height - 1 - row);
    for (let rows = up; rows <= down; rows++)
      if (rows !== 0 && differenceAt(now, before, from, to, rows * width, most) < most) return true;
    for (let pixels = -reachPixels; pixels <= reachPixels; pixels++)
      if (pixels !== 0 && differenceAt(now, before, from, to, pixels, most) < most) return true;
    return false;
  }

  /** Sum of differences between samples of a row and those so far away in the picture before; given up from `enough` on. */
  function differenceAt(
    now: Uint16Array,
    before: Uint16Array,
    from: number,
    to: number,
    away: number,
    enough: number,
  ): number {
    let sum = 0;
    for (let place = from; place < to && sum < enough; place += 3)
      sum += Math.abs((now[place] as number) - (before[place + away] as number));
    return sum;
  }

  /** Mean difference from the fourth line of the field above (or below, near the top). */
  function farDifference({ y }: Picture, row: number): number {
    const shift = (row >= 8 ? -8 : 8) * width;
    let sum = 0;
    let samples = 0;
    for (let place = row * width + 8; place < (row + 1) * width - 8; place += 4) {
      sum += Math.abs((y[place] as number) - (y[place + shift] as number));
      samples++;
    }
    return sum / samples;
  }

  return { find };
}
