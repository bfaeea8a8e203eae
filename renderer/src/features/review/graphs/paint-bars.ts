import type { Palette } from '../../../ui/graph/palette.ts';
import type { PixelView } from '../../../ui/graph/scale.ts';
import { fillBox, fillSpan, type Surface } from '../../../ui/graph/surface.ts';
import type { Bar, Row, Scene } from './scene.ts';

/** Height of a bar as a share of its row: what is graver is higher, so that colour does not tell it alone. */
const heights: Record<Bar['weight'], number> = { intended: 0.25, info: 0.4, warn: 0.7, fail: 1, note: 0.8 };

export function paintBars(
  surface: Surface,
  { top, height }: Row,
  bars: readonly Bar[],
  { originPixel, framesPerPixel }: PixelView,
  palette: Palette,
): void {
  const colours: Record<Bar['weight'], number> = {
    intended: palette.quiet,
    info: palette.quiet,
    warn: palette.warning,
    fail: palette.failure,
    note: palette.accent,
  };
  const bottom = top + height;
  for (const { startFrame, endFrame, weight } of bars) {
    const left = Math.floor(startFrame / framesPerPixel) - originPixel;
    const right = Math.max(left + 3, Math.ceil((endFrame + 1) / framesPerPixel) - originPixel);
    if (right < 0 || left > surface.width) continue;
    fillBox(surface, left, bottom - Math.round(height * heights[weight]), right, bottom, colours[weight]);
  }
}

/** Thickness of the second pass's bars in pixels of the page: less than half of the row, so that what this pass has is seen below. */
const thicknesses: Record<Bar['weight'], number> = { intended: 3, info: 3, warn: 4, fail: 5, note: 3 };

/** What the second pass has alone, dashed and in its colour as its lines are, along the upper edge of the row. */
export function paintOtherBars(
  surface: Surface,
  { top }: Row,
  { otherBars, palette, pixelRatio }: Pick<Scene, 'otherBars' | 'palette' | 'pixelRatio'>,
  { originPixel, framesPerPixel }: PixelView,
): void {
  const dash = Math.round(3 * pixelRatio);
  const least = Math.round(6 * pixelRatio);
  for (const { startFrame, endFrame, weight } of otherBars) {
    const left = Math.floor(startFrame / framesPerPixel) - originPixel;
    const right = Math.max(left + least, Math.ceil((endFrame + 1) / framesPerPixel) - originPixel);
    const bottom = top + Math.round(thicknesses[weight] * pixelRatio);
    // What is too short for two dashes is whole, and wide enough to be found.
    if (right - left <= 3 * dash) {
      fillBox(surface, left, top, right, bottom, palette.otherLine);
      continue;
    }
    // From its own beginning on.
    const first = left + 2 * dash * Math.max(0, Math.floor(-left / (2 * dash)));
    for (let at = first; at < Math.min(right, surface.width); at += 2 * dash) {
      fillBox(surface, at, top, Math.min(right, at + dash), bottom, palette.otherLine);
    }
  }
}

/** Marks of the operator as diamonds in their row. */
export function paintMarks(
  surface: Surface,
  { top, height }: Row,
  { marks, palette, pixelRatio }: Scene,
  { originPixel, framesPerPixel }: PixelView,
): void {
  const radius = Math.round(4 * pixelRatio);
  const middle = top + height / 2;
  for (const frame of marks) {
    const at = Math.round((frame + 0.5) / framesPerPixel) - originPixel;
    for (let step = -radius; step <= radius; step++) {
      const column = at + step;
      if (column < 0 || column >= surface.width) continue;
      const reach = radius - Math.abs(step) + 0.5;
      fillSpan(surface, column, middle - reach, middle + reach, palette.text);
    }
  }
}

/** In and out as upright lines, and a level one between them: above the lanes, and above what lies at their foot. */
export function paintLoop(
  surface: Surface,
  { loop, palette, pixelRatio, foot }: Scene,
  { originPixel, framesPerPixel }: PixelView,
): void {
  if (!loop) return;
  const thickness = Math.max(1, Math.round(1.5 * pixelRatio));
  const left = Math.round(loop.from / framesPerPixel) - originPixel;
  const right = Math.round(loop.to / framesPerPixel) - originPixel;
  fillBox(surface, left, 0, right, thickness, palette.accent);
  if (foot) return;
  for (const edge of [left, right - thickness]) {
    fillBox(surface, edge, 0, edge + thickness, surface.height, palette.accent);
  }
}
