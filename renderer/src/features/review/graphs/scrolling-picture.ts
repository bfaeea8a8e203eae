import type { PixelView } from '../../../ui/graph/scale.ts';
import { copyColumns, type Surface, scrollSurface } from '../../../ui/graph/surface.ts';
import type { Scene } from './scene.ts';

/** Columns to the left on which a column depends: the line between their values ends in it. */
export const neighbours = 1;
/** Lengths of a pixel that differ by less are the same, rounded otherwise: no pixel of a screen moves by it. */
const sameLength = 1e-9;

type Paint = (surface: Surface, scene: Scene, view: PixelView) => void;

/**
 * A picture of a scene that is drawn whole once, and moved while a hand pans: then only the columns that come in are drawn. All but
 * its first `neighbours` columns are what they would be had it been drawn whole.
 */
export function createScrollingPicture(paint: Paint) {
  let drawn: PixelView | undefined;
  let strip: Surface | undefined;

  function paintColumns(surface: Surface, scene: Scene, view: PixelView, from: number, to: number): void {
    const before = Math.min(neighbours, from);
    const width = to - from + before;
    if (strip?.width !== width || strip.height !== surface.height) {
      strip = { width, height: surface.height, pixels: new Uint32Array(width * surface.height) };
    }
    paint(strip, scene, { ...view, originPixel: view.originPixel + from - before, width });
    copyColumns(strip, before, surface, from);
  }

  return {
    /** What the scene holds has changed: the next picture is drawn whole. */
    forget(): void {
      drawn = undefined;
    },
    /** Draws; false where the surface shows the view already. */
    draw(surface: Surface, scene: Scene, wanted: PixelView): boolean {
      const isSameLength =
        drawn?.width === wanted.width &&
        Math.abs(drawn.framesPerPixel - wanted.framesPerPixel) < sameLength * wanted.framesPerPixel;
      const by = drawn && isSameLength ? wanted.originPixel - drawn.originPixel : Number.POSITIVE_INFINITY;
      if (by === 0) return false;
      const { width } = surface;
      if (drawn && Math.abs(by) < width / 2) {
        drawn = { ...drawn, originPixel: wanted.originPixel };
        scrollSurface(surface, by);
        if (by > 0) paintColumns(surface, scene, drawn, width - by, width);
        // What was the first column had no neighbour.
        else paintColumns(surface, scene, drawn, 0, -by + neighbours);
        return true;
      }
      drawn = wanted;
      paint(surface, scene, wanted);
      return true;
    },
  };
}
