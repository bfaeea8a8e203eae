import type { Palette } from '../../../ui/graph/palette.ts';
import { type Colour, mixed } from '../../../ui/graph/surface.ts';
import type { MapLane } from './lane-list.ts';
import type { Row } from './scene.ts';

/** Shades of damage, from none to a band that is damaged all over. */
const shades = 24;
/** Greys of luma: steps between them are not seen any more. */
const greys = 64;

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

/** Which grey stands for a code: nominal black to nominal white (ITU-R BT.601: 64 to 940 at 10 bit), what is beyond as these. */
export function shadeOfLuma(code: number, bitDepth: number): number {
  const share = (code / 2 ** (bitDepth - 10) - 64) / (940 - 64);
  return Math.round(Math.min(1, Math.max(0, share)) * (greys - 1));
}

/** Greys from the darkest to the brightest, the same in every theme: they are the picture's. */
export function lumaShades({ black, white }: Palette): Colour[] {
  return Array.from({ length: greys }, (_, grey) => mixed(black, white, grey / (greys - 1)));
}

/** Rows of the surface, from `top` to before `bottom`. */
export interface BandRows {
  top: number;
  bottom: number;
}

/** Where a band of a field lies in a lane. */
export function bandRows(
  { top, height }: Row,
  fields: number,
  field: number,
  bands: number,
  band: number,
): BandRows {
  // A row of the surface belongs to the band in which its middle lies.
  const at = (place: number) => top + Math.ceil((height * place) / (fields * bands) - 0.5);
  return { top: at(field * bands + band), bottom: at(field * bands + band + 1) };
}

/** What lies at a height of a map's lane, 0 at its bottom and 1 at its top; undefined for a map without data. */
export function placeInMap(
  { fields }: MapLane,
  height: number,
): { field: MapLane['fields'][number]['field']; band: number; bands: number; column: string } | undefined {
  const bands = fields[0]?.columns.length ?? 0;
  const place = Math.min(
    fields.length * bands - 1,
    Math.max(0, Math.floor((1 - height) * fields.length * bands)),
  );
  const found = fields[Math.floor(place / bands)];
  const band = place % bands;
  const column = found?.columns[band];
  return found && column !== undefined ? { field: found.field, band, bands, column } : undefined;
}

/** The height at which the band lies that is so many bands below (or above, where `by` is negative); the last stays the last. */
export function heightOfNeighbour({ fields }: MapLane, height: number, by: number): number {
  const all = fields.reduce((sum, { columns }) => sum + columns.length, 0);
  if (all === 0) return height;
  const place = Math.min(all - 1, Math.max(0, Math.floor((1 - height) * all) + by));
  return 1 - (place + 0.5) / all;
}

/**
 * The lines of the picture that a band holds, counted from 1 at the top: the first and the last, and `step` lines from one to the next.
 * A row belongs to the band floor(row × bands ÷ lines), and to a field by its parity.
 */
export function linesOfBand(
  field: MapLane['fields'][number]['field'],
  band: number,
  bands: number,
  pictureLines: number,
): { first: number; last: number; step: 1 | 2 } {
  const first = Math.ceil((band * pictureLines) / bands);
  const last = Math.ceil(((band + 1) * pictureLines) / bands) - 1;
  if (field === 'both') return { first: first + 1, last: last + 1, step: 1 };
  const parity = field === 'upper' ? 0 : 1;
  return {
    first: first + ((first & 1) === parity ? 0 : 1) + 1,
    last: last - ((last & 1) === parity ? 0 : 1) + 1,
    step: 2,
  };
}
