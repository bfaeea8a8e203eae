import { mapBands } from '#shared/domain/tape-map.ts';
import type { PictureRaster } from './instrument.ts';
import { blockSamples, type LineBlocks } from './line-blocks.ts';

/** Rows of the picture that have no blocks, at the top and at the bottom. */
const rowsLeftOut = 2;

/**
 * The bands of the tape map, one field after the other: the upper field's `mapBands`, then the lower one's. A row belongs to a field by
 * its parity, since a machine's heads change from field to field: what one head does lies on every second row.
 */
export function createFieldBands({ height }: PictureRaster) {
  const placeOfRow = Int32Array.from(
    { length: height },
    (_, row) => (row & 1) * mapBands + Math.floor((row * mapBands) / height),
  );
  const sums = new Float64Array(2 * mapBands);
  const rows = new Int32Array(2 * mapBands);
  return {
    /** Counts the rows that any of the lists has marked, from place `at` on. */
    countMarked(marked: readonly Uint8Array[], into: Float32Array, at: number): void {
      into.fill(0, at, at + 2 * mapBands);
      for (let row = 0; row < height; row++) {
        if (!marked.some((flags) => flags[row])) continue;
        const place = at + (placeOfRow[row] as number);
        into[place] = (into[place] as number) + 1;
      }
    },
    /** Mean luma, in whole codes of the file's depth, from place `at` on: a map shows no more, and the store keeps it in few bytes. */
    meanLuma({ across, level }: LineBlocks, into: Float32Array, at: number): void {
      sums.fill(0);
      rows.fill(0);
      for (let row = rowsLeftOut; row < height - rowsLeftOut; row++) {
        let sum = 0;
        for (let cell = row * across; cell < (row + 1) * across; cell++) sum += level[cell] as number;
        const place = placeOfRow[row] as number;
        sums[place] = (sums[place] as number) + sum;
        rows[place] = (rows[place] as number) + 1;
      }
      for (let place = 0; place < 2 * mapBands; place++) {
        const samples = (rows[place] as number) * across * blockSamples;
        into[at + place] = samples > 0 ? Math.round((sums[place] as number) / samples) : Number.NaN;
      }
    },
  };
}
