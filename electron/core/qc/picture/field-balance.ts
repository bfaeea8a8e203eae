import { nthSmallest } from '../nth-smallest.ts';
import type { PictureRaster } from './instrument.ts';
import { blockSamples, type LineBlocks } from './line-blocks.ts';

/** Row pairs in a zone: enough for a steady median, and a clog of a part of the field fills some zones. */
const pairsInZone = 24;
/** Share of a code at 10 bit that stands for "nothing": a made field without noise has no ratio otherwise. */
const floorCodes = 0.5;
/** What a ratio can be at most: nothing above tells more. */
const mostDb = 40;

/** How the two fields of a frame compare. Both show the same scene through the same tape, but through two heads. */
export interface FieldBalance {
  /** Mean difference between neighbouring lines of the field, in codes: noise and detail. */
  upperTexture: number;
  lowerTexture: number;
  /** The zone in which the fields differ most: how much rougher the upper field is, in dB. */
  peakDb: number;
  /** Mean level, upper field less lower, in codes. */
  levelDifference: number;
}

/** Compares the fields of pictures of one raster. Row 0 belongs to the upper field. */
export function createFieldComparer({
  height,
  bitDepth,
}: PictureRaster): (blocks: LineBlocks) => FieldBalance {
  const rows = new Float32Array(height);
  const zone = new Float32Array(pairsInZone);
  const balance: FieldBalance = { upperTexture: 0, lowerTexture: 0, peakDb: 0, levelDifference: 0 };
  const floor = floorCodes * 2 ** (bitDepth - 10);

  return (blocks) => {
    const { across, step, level } = blocks;
    const samples = (across - 2) * blockSamples;
    const sums = [0, 0];
    const levels = [0, 0];
    for (let row = 2; row < height - 2; row++) {
      let steps = 0;
      let total = 0;
      for (let cell = row * across + 1; cell < (row + 1) * across - 1; cell++) {
        steps = (steps + (step[cell] as number)) | 0;
        total = (total + (level[cell] as number)) | 0;
      }
      rows[row] = steps / samples;
      sums[row & 1] = (sums[row & 1] as number) + steps / samples;
      levels[row & 1] = (levels[row & 1] as number) + total / samples;
    }
    const lines = height / 2 - 2;
    balance.upperTexture = (sums[0] as number) / lines;
    balance.lowerTexture = (sums[1] as number) / lines;
    balance.levelDifference = ((levels[0] as number) - (levels[1] as number)) / lines;
    balance.peakDb = 0;
    for (let first = 4; first + 2 * pairsInZone <= height - 12; first += 2 * pairsInZone) {
      for (let pair = 0; pair < pairsInZone; pair++) {
        const row = first + 2 * pair;
        zone[pair] = ((rows[row] as number) + floor) / ((rows[row + 1] as number) + floor);
      }
      const db = 20 * Math.log10(nthSmallest(zone, pairsInZone, pairsInZone >> 1));
      if (Math.abs(db) > Math.abs(balance.peakDb)) balance.peakDb = Math.max(-mostDb, Math.min(mostDb, db));
    }
    return balance;
  };
}
