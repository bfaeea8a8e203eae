/** A colour as a canvas keeps it in memory: red in the lowest byte. Opaque. */
export type Colour = number;

/**
 * Pixels that are written one by one and shown at once. Lines and bands of graphs are upright spans of a pixel: written so, a screen of
 * twenty lanes takes a few milliseconds also without a graphics card, where paths take ten times as long (docs/adr/0063).
 */
export interface Surface {
  width: number;
  height: number;
  pixels: Uint32Array;
}

export function opaque(red: number, green: number, blue: number): Colour {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Puts a colour over another; `share` 0 leaves what is below, 1 covers it. */
export function mixed(below: Colour, over: Colour, share: number): Colour {
  const part = (shift: number) => {
    const from = (below >>> shift) & 255;
    return Math.round(from + (((over >>> shift) & 255) - from) * share);
  };
  return opaque(part(0), part(8), part(16));
}

export function fillBox(
  { width, height, pixels }: Surface,
  left: number,
  top: number,
  right: number,
  bottom: number,
  colour: Colour,
): void {
  const [from, to] = [Math.max(0, left), Math.min(width, right)];
  if (to <= from) return;
  for (let row = Math.max(0, top); row < Math.min(height, bottom); row++) {
    pixels.fill(colour, row * width + from, row * width + to);
  }
}

/** One column of whole pixels. A loop: `fill` is slow where a box is a pixel wide, and there are a hundred thousand of them. */
export function fillColumn(
  { width, height, pixels }: Surface,
  column: number,
  top: number,
  bottom: number,
  colour: Colour,
): void {
  const end = Math.min(height, bottom) * width;
  for (let at = Math.max(0, top) * width + column; at < end; at += width) pixels[at] = colour;
}

/** One column of pixels from `top` to `bottom`, which need not be whole: the ends are mixed with what is there. */
export function fillSpan(
  { width, height, pixels }: Surface,
  column: number,
  top: number,
  bottom: number,
  colour: Colour,
): void {
  const first = Math.max(0, Math.floor(top));
  const end = Math.min(height, Math.ceil(bottom));
  for (let row = first; row < end; row++) {
    const covered = Math.min(bottom, row + 1) - Math.max(top, row);
    const at = row * width + column;
    pixels[at] = covered >= 1 ? colour : mixed(pixels[at] as number, colour, covered);
  }
}

/** Whether a dashed line leaves this pixel of the tape out: as many as it draws. */
export function isGap(pixel: number, dash: number): boolean {
  return Math.floor(pixel / dash) % 2 !== 0;
}

/** A level line of `dash` pixels and as many left out, counted in pixels of the tape: the first column is its `originPixel`. */
export function dashedLine(
  { width, height, pixels }: Surface,
  originPixel: number,
  row: number,
  thickness: number,
  dash: number,
  colour: Colour,
): void {
  const behind = originPixel - 2 * dash * Math.floor(originPixel / (2 * dash));
  for (let line = Math.max(0, row); line < Math.min(height, row + thickness); line++) {
    for (let left = -behind; left < width; left += 2 * dash) {
      const end = line * width + Math.min(width, left + dash);
      const start = line * width + Math.max(0, left);
      if (end > start) pixels.fill(colour, start, end);
    }
  }
}

/** Moves everything so many pixels to the left; below 0 to the right. What comes in at the edge is left to be drawn. */
export function scrollSurface({ width, pixels }: Surface, by: number): void {
  if (Math.abs(by) >= width) return;
  // Rows run on into each other: what wraps round is in the columns that come in.
  if (by > 0) pixels.copyWithin(0, by);
  else pixels.copyWithin(-by, 0, pixels.length + by);
}

/** Copies the columns of a narrow surface from `fromColumn` on into one of the same height. */
export function copyColumns(from: Surface, fromColumn: number, to: Surface, toColumn: number): void {
  for (let row = 0; row < to.height; row++) {
    const start = row * from.width;
    to.pixels.set(from.pixels.subarray(start + fromColumn, start + from.width), row * to.width + toColumn);
  }
}
