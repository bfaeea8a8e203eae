import type { Picture, PictureRaster } from './instrument.ts';
import { blockPixels, blockSamples, type LineBlocks } from './line-blocks.ts';

/** Own limits. */
const limits = {
  /** Below this share of the usual difference between lines, noise included, a block is a copy of the one above. */
  mostShare: 0.2,
  /** Blocks in a row, 48 pixels: chance gives one now and then, two on hardly any line, and not three in a thousand pictures. */
  leastBlocks: 3,
  /** Of the usual difference, what samples of a copy differ from those a block away: it has the noise of the line above, and a flat fill has none. */
  leastGrain: 0.3,
  /** Blocks of the same line in which noise ought to be new, and the share of them in which it has to be. */
  leastNewBlocks: 4,
  leastNewShare: 0.6,
  /** Share of a line's blocks that makes it a copy from end to end, beside blanking and what is clipped. */
  wholeShare: 0.8,
  /** Lines of a field that a compensator repeats one after the other: more are a picture that has no noise there. */
  mostLines: 8,
  /** Without noise nothing can be told: mean difference in codes of the file's own depth. */
  leastNoiseCodes: 0.8,
};

/**
 * Counts lines in which a dropout compensator put the line above once more: noise is new on every line, a copy has
 * none of its own. Places that were without noise in the picture before are left out (clipped white, captions).
 */
export function createRepeatedLineCounter({ width, height }: PictureRaster): {
  count(picture: Picture, blocks: LineBlocks, usualStep: number): number;
  /** 1 for each row that was counted last. */
  rows: Uint8Array;
} {
  let before = new Uint8Array(Math.floor(width / 16) * height);
  let now = new Uint8Array(before.length);
  const rows = new Uint8Array(height);

  function count({ y }: Picture, { across, left, step }: LineBlocks, usualStep: number): number {
    [before, now] = [now, before];
    now.fill(0);
    rows.fill(0);
    if (usualStep < limits.leastNoiseCodes * blockSamples) return 0;
    const most = limits.mostShare * usualStep;
    for (let cell = 2 * across; cell < (height - 2) * across; cell++)
      if ((step[cell] as number) < most) now[cell] = 1;
    let lines = 0;
    for (let row = 8; row < height - 8; row++) {
      let run = 0;
      for (let block = 0; block < across; block++) {
        run = isNewCopy(row * across + block, across) ? run + 1 : 0;
        if (run < limits.leastBlocks) continue;
        const first = row * width + left + (block + 1 - run) * blockPixels;
        if (grainOf(y, first, run) < limits.leastGrain * usualStep) continue;
        if (hasNewNoise(row, across, step, usualStep)) {
          lines++;
          rows[row] = 1;
        }
        break;
      }
    }
    return lines;
  }

  /** What samples of blocks in a row differ from those a block on, as a block's sum: far enough for noise to be another. */
  function grainOf(luma: Uint16Array, first: number, blocks: number): number {
    const last = first + (blocks - 1) * blockPixels;
    let sum = 0;
    for (let at = first; at < last; at += 2)
      sum += Math.abs((luma[at] as number) - (luma[at + blockPixels] as number));
    return sum / (blocks - 1);
  }

  function isNewCopy(cell: number, across: number): boolean {
    if (now[cell] === 0 || before[cell] === 1) return false;
    // Somewhere within the next lines of the field, above and below, the noise is back.
    const field = 2 * across;
    let lines = 1;
    for (let place = cell - field; place >= 0 && now[place] === 1; place -= field) lines++;
    for (let place = cell + field; place < now.length && now[place] === 1; place += field) lines++;
    return lines <= limits.mostLines;
  }

  /**
   * Whether the rest of the row has as much new noise as rows near it, or there is no rest: a line that is a copy from end
   * to end. Made noise, whose pattern comes back, gives such lines too, but all along a tape.
   */
  function hasNewNoise(row: number, across: number, step: Int32Array, usualStep: number): boolean {
    let copies = 0;
    for (let cell = row * across; cell < (row + 1) * across; cell++) copies += now[cell] as number;
    const around =
      noisyBlocks(row - 6, across, step, usualStep) +
      noisyBlocks(row - 8, across, step, usualStep) +
      noisyBlocks(row + 6, across, step, usualStep) +
      noisyBlocks(row + 8, across, step, usualStep);
    const expected = (around / 4) * (1 - copies / across);
    if (copies >= limits.wholeShare * across) return around / 4 >= limits.leastNewBlocks;
    return (
      expected >= limits.leastNewBlocks &&
      noisyBlocks(row, across, step, usualStep) >= limits.leastNewShare * expected
    );
  }

  function noisyBlocks(row: number, across: number, step: Int32Array, usualStep: number): number {
    let blocks = 0;
    for (let cell = row * across; cell < (row + 1) * across; cell++) {
      const value = step[cell] as number;
      if (value > 0.6 * usualStep && value < 1.8 * usualStep) blocks++;
    }
    return blocks;
  }

  return { count, rows };
}
