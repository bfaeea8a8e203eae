import type { Area } from './active-area.ts';
import { lumaRangeOf } from './broadcast-range.ts';
import { createCodeHistogram } from './code-histogram.ts';
import type { PictureRaster } from './instrument.ts';

/** Codes of luma, and which rows leave the broadcast range. Loops without branches: noise would mislead the processor. */
export function createLumaLevels({ width, height, bitDepth }: PictureRaster, area: Area) {
  const codes = createCodeHistogram(bitDepth);
  const { active, border } = codes;
  const { low, high } = lumaRangeOf(bitDepth);
  const leavesRange = new Uint8Array(height);
  const samples = (area.right - area.left) * (area.bottom - area.top);

  /** Counts codes; the highest bit of what it gives back is set where one is outside the range. */
  function count(plane: Uint16Array, from: number, to: number, into: Uint32Array): number {
    let outside = 0;
    for (let at = from; at < to; at++) {
      const code = plane[at] as number;
      into[code] = ((into[code] as number) + 1) | 0;
      outside |= (code - low) | (high - code);
    }
    return outside;
  }

  return {
    codes,
    leavesRange,
    measure(plane: Uint16Array): void {
      codes.clear();
      for (let row = 0; row < height; row++) {
        const start = row * width;
        const end = start + width;
        const isActive = row >= area.top && row < area.bottom;
        const from = isActive ? start + area.left : end;
        const to = isActive ? start + area.right : end;
        const outside =
          count(plane, start, from, border) | count(plane, from, to, active) | count(plane, to, end, border);
        leavesRange[row] = outside >>> 31;
      }
      codes.read(samples);
    },
  };
}
