import type { Area } from './active-area.ts';
import { type CodeHistogram, createCodeHistogram } from './code-histogram.ts';
import type { PictureRaster } from './instrument.ts';

/** Codes of luma. */
export function createLumaLevels(
  { width, height, bitDepth }: PictureRaster,
  area: Area,
): { codes: CodeHistogram; measure(plane: Uint16Array): void } {
  const codes = createCodeHistogram(bitDepth);
  const { active, border } = codes;
  const samples = (area.right - area.left) * (area.bottom - area.top);

  function count(plane: Uint16Array, from: number, to: number, into: Uint32Array): void {
    for (let at = from; at < to; at++) {
      const code = plane[at] as number;
      into[code] = ((into[code] as number) + 1) | 0;
    }
  }

  return {
    codes,
    measure(plane) {
      codes.clear();
      for (let row = 0; row < height; row++) {
        const start = row * width;
        const end = start + width;
        const isActive = row >= area.top && row < area.bottom;
        const from = isActive ? start + area.left : end;
        const to = isActive ? start + area.right : end;
        count(plane, start, from, border);
        count(plane, from, to, active);
        count(plane, to, end, border);
      }
      codes.read(samples);
    },
  };
}
