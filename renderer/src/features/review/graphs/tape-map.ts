import type { Palette } from '../../../ui/graph/palette.ts';
import { type Colour, mixed } from '../../../ui/graph/surface.ts';

/** Shades of damage, from none to a band that is damaged all over. */
const shades = 24;

/** Which shade stands for so many damaged lines of a band: a single line is seen well, and more is always more. */
export function shadeOf(lines: number, linesInBand: number): number {
  if (!(lines > 0)) return 0;
  const share = Math.min(1, Math.log1p(lines) / Math.log1p(linesInBand));
  return Math.max(1, Math.round(share * (shades - 1)));
}

/** The colours of the shades: none is the lane itself, most is brightest. */
export function mapColours({ lane, warning, text }: Palette): Colour[] {
  return Array.from({ length: shades }, (_, shade) => {
    const share = shade / (shades - 1);
    if (shade === 0) return lane;
    return share < 0.6 ? mixed(lane, warning, 0.4 + share) : mixed(warning, text, (share - 0.6) / 0.4);
  });
}

/** The lines of the picture that a band holds, from 0, the last among them. */
export function linesOfBand(band: number, bands: number, pictureLines: number): [number, number] {
  // A row belongs to the band floor(row × bands ÷ lines).
  return [Math.ceil((band * pictureLines) / bands), Math.ceil(((band + 1) * pictureLines) / bands) - 1];
}
