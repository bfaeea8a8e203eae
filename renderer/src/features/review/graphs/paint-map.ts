import { type PixelPlan, readExtent } from '../../../ui/graph/envelope.ts';
import { type Colour, fillBox, type Surface } from '../../../ui/graph/surface.ts';
import type { MapLane } from './lane-list.ts';
import type { PlacedLane, Scene } from './scene.ts';
import { type BandRows, bandRows, lumaShades, mapColours, shadeOf, shadeOfLuma } from './tape-map.ts';

/**
 * The map of what a pass holds: its fields one above the other, each from the top of the picture to the bottom. Damage by the worst
 * frame of a piece, so that none is lost; luma by the mean. `values` is as long as the surface is wide, and is written over.
 */
export function paintMap(
  surface: Surface,
  placed: PlacedLane,
  lane: MapLane,
  plan: PixelPlan,
  values: Float32Array,
  { palette, pictureLines, bitDepth, pixelRatio }: Scene,
): void {
  const isLuma = lane.subject === 'luma';
  const colours = isLuma ? lumaShades(palette) : mapColours(palette);
  const { fields } = lane;
  const linesOfBand = pictureLines / (fields.length * (fields[0]?.columns.length ?? 1));
  const shade = isLuma
    ? (code: number) => shadeOfLuma(code, bitDepth)
    : (lines: number) => shadeOf(lines, linesOfBand);
  for (const [at, { columns }] of fields.entries()) {
    for (const [band, column] of columns.entries()) {
      readExtent(values, plan, column, isLuma ? 'mean' : 'max');
      const rows = bandRows(placed, fields.length, at, columns.length, band);
      paintBand(surface, rows, values, (value) => colours[shade(value)] as Colour, isLuma);
    }
  }
  // Between the fields.
  const edge = fields.length > 1 ? bandRows(placed, fields.length, 1, 1, 0).top : undefined;
  if (edge !== undefined)
    fillBox(surface, 0, edge - Math.max(1, Math.round(pixelRatio)), surface.width, edge, palette.panel);
}

function paintBand(
  { width, pixels }: Surface,
  { top, bottom }: BandRows,
  values: Float32Array,
  colourOf: (value: number) => Colour,
  isEverywhere: boolean,
): void {
  for (let column = 0; column < width; column++) {
    const value = values[column] as number;
    // Where nothing was measured, and where nothing is damaged, the lane itself is seen.
    if (Number.isNaN(value) || (!isEverywhere && value <= 0)) continue;
    const colour = colourOf(value);
    for (let row = top; row < bottom; row++) pixels[row * width + column] = colour;
  }
}
