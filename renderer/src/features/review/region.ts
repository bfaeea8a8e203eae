import { create } from 'zustand';
import type { Region } from '#shared/domain/picture-metrics.ts';

/** A part of the picture that is looked at more closely, in samples of the reviewed master. */
export const useRegion = create<{
  region: Region | null;
  /** The next drag of the mouse draws a region. */
  isDrawing: boolean;
}>()(() => ({ region: null, isDrawing: false }));

/** The samples between two points of a picture, both with them; points in parts of its width and height. */
export function regionBetween(
  from: { x: number; y: number },
  to: { x: number; y: number },
  raster: { width: number; height: number },
): Region {
  const [left, right] = spanned(from.x, to.x, raster.width);
  const [top, bottom] = spanned(from.y, to.y, raster.height);
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function spanned(one: number, other: number, samples: number): [first: number, last: number] {
  const at = (part: number) => Math.min(samples - 1, Math.max(0, Math.floor(part * samples)));
  return [at(Math.min(one, other)), at(Math.max(one, other))];
}
