import type { Picture, PictureRaster } from './instrument.ts';

/** Pixels of a block along a line: short enough for a streak of a microsecond or two, long enough to tame noise. */
export const blockPixels = 16;
/** Every second pixel is looked at: luma of a tape is far narrower than the raster. */
export const blockSamples = blockPixels / 2;

/**
 * A picture in blocks along its lines. Sums over a block's samples, in codes. The line above and the line below are
 * those of the same field, two rows off, so that motion between the fields does not count.
 */
export interface LineBlocks {
  /** Blocks in a line. */
  across: number;
  /** First pixel of the first block. */
  left: number;
  /** Difference from the line above. */
  step: Int32Array;
  /** Difference from the frame before. */
  change: Int32Array;
  /** Samples themselves: the level. */
  level: Int32Array;
  /** The level of the frame before: zeros for the first picture. */
  levelBefore: Int32Array;
}

export function createLineBlocks({ width, height }: PictureRaster): LineBlocks {
  const across = Math.floor(width / blockPixels);
  const cells = () => new Int32Array(across * height);
  return {
    across,
    left: (width - across * blockPixels) >> 1,
    step: cells(),
    change: cells(),
    level: cells(),
    levelBefore: cells(),
  };
}

/**
 * Fills the blocks for rows 2 to height - 3; others stay as they were. Written without branches, since those on noise
 * are never foreseen: magnitude comes from the sign.
 */
export function sumLineBlocks(
  picture: Picture,
  previous: Picture,
  { width, height }: PictureRaster,
  blocks: LineBlocks,
): void {
  const { across, left, step, change } = blocks;
  [blocks.level, blocks.levelBefore] = [blocks.levelBefore, blocks.level];
  const level = blocks.level;
  const [now, before] = [picture.y, previous.y];
  const field = 2 * width;
  for (let row = 2; row < height - 2; row++) {
    let cell = row * across;
    let place = row * width + left;
    for (let block = 0; block < across; block++, cell++) {
      let steps = 0;
      let changes = 0;
      let levels = 0;
      const end = place + blockPixels;
      for (; place < end; place += 2) {
        const here = now[place] as number;
        const above = (now[place - field] as number) - here;
        const old = (before[place] as number) - here;
        const aboveSign = above >> 31;
        const oldSign = old >> 31;
        steps = (steps + ((above ^ aboveSign) - aboveSign)) | 0;
        changes = (changes + ((old ^ oldSign) - oldSign)) | 0;
        levels = (levels + here) | 0;
      }
      step[cell] = steps;
      change[cell] = changes;
      level[cell] = levels;
    }
  }
}

/**
 * How far samples of a block lie outside everything that the lines above and below and the frame before show at their place. It
 * is never more than the block's step, nor its change: few blocks have to be asked, and half of the time for all blocks went
 * into this. For rows 2 to height - 3.
 */
export function outlierOf(
  { y: now }: Picture,
  { y: before }: Picture,
  width: number,
  { across, left }: LineBlocks,
  cell: number,
): number {
  const row = Math.floor(cell / across);
  const first = row * width + left + (cell - row * across) * blockPixels;
  const field = 2 * width;
  let outside = 0;
  for (let place = first; place < first + blockPixels; place += 2) {
    const here = now[place] as number;
    const above = (now[place - field] as number) - here;
    const below = (now[place + field] as number) - here;
    const old = (before[place] as number) - here;
    const aboveSign = above >> 31;
    const belowSign = below >> 31;
    const oldSign = old >> 31;
    // All ones where the three lie on the same side.
    const isOutside = ~((aboveSign ^ belowSign) | (aboveSign ^ oldSign));
    const aboveSize = (above ^ aboveSign) - aboveSign;
    const verticalGap = (below ^ belowSign) - belowSign - aboveSize;
    const nearest = aboveSize + (verticalGap & (verticalGap >> 31));
    const gap = (old ^ oldSign) - oldSign - nearest;
    outside = (outside + ((nearest + (gap & (gap >> 31))) & isOutside)) | 0;
  }
  return outside;
}
