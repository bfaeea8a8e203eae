import type { Area } from './active-area.ts';
import type { CodeHistogram } from './code-histogram.ts';
import type { Picture, PictureRaster } from './instrument.ts';

/** ITU-R BT.601: 16 to 235 for luma, 16 to 240 for chroma, on the scale of eight bits. */
function lumaRangeOf(bitDepth: number): { low: number; high: number } {
  return { low: 16 * 2 ** (bitDepth - 8), high: 235 * 2 ** (bitDepth - 8) };
}

function chromaRangeOf(bitDepth: number): { low: number; high: number } {
  return { low: 16 * 2 ** (bitDepth - 8), high: 240 * 2 ** (bitDepth - 8) };
}

/**
 * Shares of pixels of which luma or chroma leaves the range. Luma outside is what the histogram has there; pixels are looked
 * at one by one only where chroma leaves, which few pictures do: blanking leaves the range of luma on every tape.
 */
export function createBroadcastRange(raster: PictureRaster, area: Area) {
  const { width, height, chromaWidth, chromaHeight, bitDepth } = raster;
  const [luma, chroma] = [lumaRangeOf(bitDepth), chromaRangeOf(bitDepth)];
  const across = Math.log2(Math.round(width / chromaWidth));
  const down = Math.log2(Math.round(height / chromaHeight));

  function doesRowLeave({ u, v }: Picture, row: number): boolean {
    const end = (row + 1) * chromaWidth;
    let outside = 0;
    for (let at = row * chromaWidth; at < end; at++) {
      const uCode = u[at] as number;
      const vCode = v[at] as number;
      outside |= (uCode - chroma.low) | (chroma.high - uCode) | (vCode - chroma.low) | (chroma.high - vCode);
    }
    return outside < 0;
  }

  /** Pixels of which chroma leaves and luma does not. */
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
      outside += ((uOut | vOut) & ~yOut) >>> 31;
    }
    return outside;
  }

  const range = {
    active: 0,
    whole: 0,
    /** The histograms are those of this picture's planes, and read. */
    measure(picture: Picture, codes: { y: CodeHistogram; u: CodeHistogram; v: CodeHistogram }): void {
      let inside = outsideOf(codes.y.active, luma);
      let around = outsideOf(codes.y.border, luma);
      const leaves = [codes.u, codes.v].some(
        ({ wholeMinimum, wholeMaximum }) => wholeMinimum < chroma.low || wholeMaximum > chroma.high,
      );
      let doesLeave = false;
      for (let row = 0; leaves && row < height; row++) {
        if (row % (1 << down) === 0) doesLeave = doesRowLeave(picture, row >> down);
        if (!doesLeave) continue;
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

function outsideOf(counts: Uint32Array, { low, high }: { low: number; high: number }): number {
  let outside = 0;
  for (let code = 0; code < low; code++) outside += counts[code] as number;
  for (let code = high + 1; code < counts.length; code++) outside += counts[code] as number;
  return outside;
}
