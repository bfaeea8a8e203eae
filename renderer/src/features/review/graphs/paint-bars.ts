import type { Palette } from '../../../ui/graph/palette.ts';
import type { FrameRange } from '../../../ui/graph/scale.ts';
import { fillBox, fillSpan, type Surface } from '../../../ui/graph/surface.ts';
import type { Bar, Scene } from './scene.ts';

/** Height of a bar as a share of its row: what is graver is higher, so that colour does not tell it alone. */
const heights: Record<Bar['weight'], number> = { intended: 0.25, info: 0.4, warn: 0.7, fail: 1, note: 0.8 };

export function paintBars(
  surface: Surface,
  { top, height }: { top: number; height: number },
  bars: readonly Bar[],
  range: FrameRange,
  palette: Palette,
): void {
  const colours: Record<Bar['weight'], number> = {
    intended: palette.quiet,
    info: palette.quiet,
    warn: palette.warning,
    fail: palette.failure,
    note: palette.accent,
  };
  const scale = surface.width / (range.to - range.from);
  for (const { startFrame, endFrame, weight } of bars) {
    const left = Math.floor((startFrame - range.from) * scale);
    const right = Math.max(left + 3, Math.ceil((endFrame + 1 - range.from) * scale));
    if (right < 0 || left > surface.width) continue;
    const bottom = top + height;
    fillBox(surface, left, bottom - Math.round(height * heights[weight]), right, bottom, colours[weight]);
  }
}

/** Marks of the operator as diamonds in the events' row; in and out as upright lines with what lies between underlined. */
export function paintMarks(surface: Surface, scene: Scene, range: FrameRange): void {
  const { events, marks, loop, palette, pixelRatio } = scene;
  const scale = surface.width / (range.to - range.from);
  const radius = Math.round(4 * pixelRatio);
  const middle = events.top + events.height / 2;
  for (const frame of marks) {
    const at = Math.round((frame + 0.5 - range.from) * scale);
    for (let step = -radius; step <= radius; step++) {
      const column = at + step;
      if (column < 0 || column >= surface.width) continue;
      const reach = radius - Math.abs(step) + 0.5;
      fillSpan(surface, column, middle - reach, middle + reach, palette.text);
    }
  }
  if (!loop) return;
  const thickness = Math.max(1, Math.round(1.5 * pixelRatio));
  const left = Math.round((loop.from - range.from) * scale);
  const right = Math.round((loop.to - range.from) * scale);
  const bottom = events.top;
  fillBox(surface, left, bottom - thickness, right, bottom, palette.accent);
  fillBox(surface, left, 0, right, thickness, palette.accent);
  for (const edge of [left, right - thickness]) {
    fillBox(surface, edge, 0, edge + thickness, bottom, palette.accent);
  }
}
