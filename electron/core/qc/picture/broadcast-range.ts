import type { Area } from './active-area.ts';
import type { Picture, PictureRaster } from './instrument.ts';

/** ITU-R BT.601: 16 to 235 for luma, 16 to 240 for chroma, on the scale of eight bits. */
export function lumaRangeOf(bitDepth: number): { low: number; high: number } {
  return { low: 16 * 2 ** (bitDepth - 8), high: 235 * 2 ** (bitDepth - 8) };
}

export function chromaRangeOf(bitDepth: number): { low: number; high: number } {
  return { low: 16 * 2 ** (bitDepth - 8), high: 240 * 2 ** (bitDepth - 8) };
}

/** Shares of pixels of which luma or chroma leaves the range. Rows of which it is known that nothing does are passed over. */
export function createBroadcastRange(raster: PictureRaster, area: Area) {
  const { width, height, chromaWidth, chromaHeight, bitDepth } = raster;
  const [luma, chroma] = [lumaRangeOf(bitDepth), chromaRangeOf(bitDepth)];
  const across = Math.log2(Math.round(width / chromaWidth));
  const down = Math.log2(Math.round(height / chromaHeight));

  function count({ y, u, v }: Picture, row: number, from: number, to: number): number {
    const start = row * width;
    const chromaStart = (row >> down) * chromaWidth;
    let outside = 0;
    for (let x = from; x < to; x++) {
      const yCode = y[start + x] as number;
      const at = chromaStart + (x >> across);
      const uCode = u[at] as number;
      const vCode = v[at] as number;
      const yOut = (yCode - luma.low) | (luma.high - yCode);
      const uOut = (uCode - chroma.low) | (chroma.high - uCode);
      const vOut = (vCode - chroma.low) | (chroma.high - vCode);
      outside += (yOut | uOut | vOut) >>> 31;
    }
    return outside;
  }

  const range = {
    active: 0,
    whole: 0,
    measure(picture: Picture, lumaLeaves: Uint8Array, chromaLeaves: Uint8Array): void {
      let [inside, around] = [0, 0];
      for (let row = 0; row < height; row++) {
        if (lumaLeaves[row] === 0 && chromaLeaves[row >> down] === 0) continue;
        if (row < area.top || row >= area.bottom) {
          around += count(picture, row, 0, width);
          continue;
        }
        around += count(picture, row, 0, area.left) + count(picture, row, area.right, width);
        inside += count(picture, row, area.left, area.right);
      }
      range.active = inside / ((area.right - area.left) * (area.bottom - area.top));
      range.whole = (inside + around) / (width * height);
    },
  };
  return range;
}
