import { createDetail } from './detail.ts';
import type { Picture, PictureRaster } from './instrument.ts';
import { blockPixels, blockSamples, type LineBlocks, outlierOf } from './line-blocks.ts';
import { createStreakMemory } from './streak-memory.ts';

/** Own: rows that hold signals of the blanking (WSS, captions) at the top, and the heads' change at the bottom. */
export const topRowsLeftOut = 6;
export const bottomRowsLeftOut = 20;

/** Own limits; codes are on the 10-bit scale. */
const limits = {
  /** A streak stands out by at least this much, and by as many deviations of the noise: chance never does over a block. */
  leastCodes: 28,
  leastDeviations: 5,
  /** Of the difference to the line above, the part that neither neighbour shows: 1 for a streak, 0.2 to 0.3 for texture. */
  leastShare: 0.5,
  /** And it stands out by more than what moves above and below it. */
  leastOverMotion: 1.5,
  /** Blocks in a row: two make 24 pixels at least. */
  thinBlocks: 2,
  /** Damage of several lines of a field in a row has to be longer, since small things that move look like it. */
  thickBlocks: 4,
  thickLines: 24,
  thickCodes: 40,
  thickDeviations: 7,
  /** A patch of both fields, this many times as wide as it is high at the most, is a small thing and no damage of lines. */
  blobAspect: 12,
  /** Of the change of a block, the part that goes one way. */
  leastOneWay: 0.8,
  /** Of the difference to the line above, the part that no neighbour shows: 0.32 for pure noise on every line. */
  leastNoiseShare: 0.22,
};

/** Lines of a picture whose detail is looked for in the one before. */
const mostSearched = 12;

/** What one picture shows of streaks that neither its other lines nor the picture before explain. */
export interface Streaks {
  lines: number;
  /** Streaks of the picture before that are still there, or went on moving: part of the scene. */
  keptLines: number;
  longestPixels: number;
  /** 1 for each row with a streak. */
  rows: Uint8Array;
}

/** Finds streaks, and remembers them until the next picture tells whether they stay. */
export function createStreakFinder(raster: PictureRaster): {
  find(blocks: LineBlocks, picture: Picture, previous: Picture, noiseCodes: number): Streaks;
} {
  const { width, height, bitDepth } = raster;
  const scale = 2 ** (bitDepth - 10);
  const flags = new Uint8Array(Math.floor(width / blockPixels) * height);
  const found: Streaks = { lines: 0, keptLines: 0, longestPixels: 0, rows: new Uint8Array(height) };
  const memory = createStreakMemory(raster);
  const detail = createDetail(raster);

  function find(blocks: LineBlocks, picture: Picture, previous: Picture, noiseCodes: number): Streaks {
    found.keptLines = memory.countKept(blocks, picture, previous);
    flags.fill(0);
    markThin(blocks, picture, previous, noiseCodes);
    markThick(blocks, picture, previous, noiseCodes);
    collect(blocks, picture, previous);
    return found;
  }

  /** One line of a field that differs from its neighbours in the same way in every pixel of a block. */
  function markThin(blocks: LineBlocks, picture: Picture, previous: Picture, noiseCodes: number): void {
    const { across, step, change } = blocks;
    const least = blockSamples * Math.max(limits.leastCodes * scale, limits.leastDeviations * noiseCodes);
    const around = 4 * across;
    const end = (height - bottomRowsLeftOut) * across;
    for (let cell = topRowsLeftOut * across; cell < end; cell++) {
      // What stands out is never more than either.
      if ((step[cell] as number) < least || (change[cell] as number) < least) continue;
      const outside = outlierOf(picture, previous, width, blocks, cell);
      if (outside < least || outside < limits.leastShare * (step[cell] as number)) continue;
      const motion = Math.min(change[cell - around] as number, change[cell + around] as number);
      if (outside > limits.leastOverMotion * motion) flags[cell] = 1;
    }
  }

  /** Several lines of a field that changed, between lines that did not, and that are not what lies between those. */
  function markThick(blocks: LineBlocks, picture: Picture, previous: Picture, noiseCodes: number): void {
    const { across, change, level } = blocks;
    const least = blockSamples * Math.max(limits.thickCodes * scale, limits.thickDeviations * noiseCodes);
    const field = 2 * across;
    const end = (height - bottomRowsLeftOut) * across;
    for (let start = topRowsLeftOut * across; start < end; start++) {
      if ((change[start] as number) < least || (change[start - field] as number) >= least / 2) continue;
      let last = start;
      let lines = 0;
      for (; last < end && (change[last] as number) >= least && lines <= limits.thickLines; last += field)
        lines++;
      if (lines < 2 || lines > limits.thickLines || last >= end) continue;
      if ((change[last] as number) >= least / 2) continue;
      const lower = Math.min(level[start - field] as number, level[last] as number) - least;
      const upper = Math.max(level[start - field] as number, level[last] as number) + least;
      for (let cell = start; cell < last; cell += field)
        if (flags[cell] === 0 && isStrange(blocks, picture, previous, cell, lower, upper)) flags[cell] = 2;
    }
  }

  /** All of a block went one way and out of what lies around it, or it has become noise. */
  function isStrange(
    blocks: LineBlocks,
    picture: Picture,
    previous: Picture,
    cell: number,
    lower: number,
    upper: number,
  ): boolean {
    const here = blocks.level[cell] as number;
    const change = blocks.change[cell] as number;
    const moved = Math.abs(here - (blocks.levelBefore[cell] as number));
    if ((here < lower || here > upper) && moved > limits.leastOneWay * change) return true;
    const step = blocks.step[cell] as number;
    if (step <= 0.7 * change) return false;
    return outlierOf(picture, previous, width, blocks, cell) > limits.leastNoiseShare * step;
  }

  function collect({ across, left, change }: LineBlocks, picture: Picture, previous: Picture): void {
    found.lines = 0;
    found.longestPixels = 0;
    found.rows.fill(0);
    memory.clear();
    let searched = 0;
    for (let row = topRowsLeftOut; row < height - bottomRowsLeftOut; row++) {
      const start = row * across;
      let best = 0;
      let last = 0;
      let run = 0;
      let thin = 0;
      for (let block = 0; block < across; block++) {
        const flag = flags[start + block] as number;
        run = flag === 0 ? 0 : run + 1;
        thin = flag === 1 ? thin + 1 : 0;
        if ((run >= limits.thickBlocks || thin >= limits.thinBlocks) && run > best) {
          best = run;
          last = block;
        }
      }
      if (best === 0) continue;
      const first = last - best + 1;
      if (isBlob(first, last, row, across)) continue;
      let size = 0;
      for (let block = first; block <= last; block++) size += change[start + block] as number;
      const place = [row, left + first * blockPixels, best * blockPixels, size] as const;
      if (detail.explains(picture, previous, ...place)) continue;
      // In snow nothing is looked for: more lines than that are no print.
      if (searched++ < mostSearched && detail.wasThere(picture, previous, ...place)) continue;
      if (!memory.remember({ row, first, last, size }, picture, previous)) continue;
      found.lines++;
      found.rows[row] = 1;
      found.longestPixels = Math.max(found.longestPixels, best * blockPixels);
    }
  }

  /**
   * Whether a streak is a line of a patch that has lines of both fields. Heads change from field to field: damage of several
   * lines is in one of them, or long. Where a patch leans, its lines lie aside of each other, and some stand out less.
   */
  function isBlob(first: number, last: number, row: number, across: number): boolean {
    if (flags[row * across + ((first + last) >> 1)] !== 2) return false;
    const counts = [0, 0];
    for (const direction of [-1, 1]) {
      let missed = 0;
      for (let at = row + (direction === 1 ? 0 : -1); missed < 2 && at >= 0 && at < height; at += direction) {
        const start = at * across;
        let isFlagged = false;
        for (let block = Math.max(0, first - 1); block <= Math.min(across - 1, last + 1); block++)
          if (flags[start + block] !== 0) isFlagged = true;
        if (isFlagged) counts[at & 1] = (counts[at & 1] as number) + 1;
        missed = isFlagged ? 0 : missed + 1;
      }
    }
    const [upper, lower] = counts as [number, number];
    const rows = upper + lower;
    return (
      rows >= 6 && Math.min(upper, lower) >= 2 && (last - first + 1) * blockPixels < limits.blobAspect * rows
    );
  }

  return { find };
}
