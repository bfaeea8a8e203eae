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

/** A level line of `dash` pixels and as many left out, from the left edge on. */
export function dashedLine(
  { width, height, pixels }: Surface,
  row: number,
  thickness: number,
  dash: number,
  colour: Colour,
): void {
  for (let line = row; line < row + thickness; line++) {
    if (line < 0 || line >= height) continue;
    for (let left = 0; left < width; left += 2 * dash) {
      pixels.fill(colour, line * width + left, line * width + Math.min(width, left + dash));
    }
  }
}
