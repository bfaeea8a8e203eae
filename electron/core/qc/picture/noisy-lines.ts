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
  /** Rows without noise inside one band. */
  bridgeRows: 3,
};

/** The broadest band of rows without coherence: noise from side to side. Rows count from the top of the frame. */
export interface NoisyBand {
  firstRow: number;
  rows: number;
  /** 1 for each noisy row, whether it belongs to the band or not. */
  isNoisy: Uint8Array;
}

/** Finds bands of noise: rows that differ from the row above and from the frame before by far more than noise does. */
export function createNoisyLineFinder(raster: PictureRaster): {
  find(blocks: LineBlocks, picture: Picture, noiseCodes: number): NoisyBand;
} {
  const { width, height, bitDepth } = raster;
  const scale = 2 ** (bitDepth - 10);
  const band: NoisyBand = { firstRow: 0, rows: 0, isNoisy: new Uint8Array(height) };
  const parts = new Float32Array(limits.parts);

  function find(blocks: LineBlocks, picture: Picture, noiseCodes: number): NoisyBand {
    const least = Math.max(limits.leastCodes * scale, limits.leastOverNoise * 1.128 * noiseCodes);
    band.firstRow = 0;
    band.rows = 0;
    band.isNoisy.fill(0);
    let first = -1;
    let last = -1;
    for (let row = topRowsLeftOut; row < height - bottomRowsLeftOut; row++) {
      if (!isNoise(blocks, picture, row, least)) continue;
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
    let steps = 0;
    for (let part = 0; part < limits.parts; part++) {
      let partSteps = 0;
      let partChanges = 0;
      const from = row * across + part * inPart;
      for (let cell = from; cell < from + inPart; cell++) {
        partSteps += step[cell] as number;
        partChanges += change[cell] as number;
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
    if (second < least) return false;
    const mean = steps / (inPart * limits.parts * blockSamples);
    return mean > limits.leastIncoherence * farDifference(picture, row);
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
