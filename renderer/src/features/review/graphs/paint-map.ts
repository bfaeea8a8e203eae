import { type PixelPlan, readExtent } from '../../../ui/graph/envelope.ts';
import { type Colour, fillBox, type Surface } from '../../../ui/graph/surface.ts';
import type { MapLane } from './lane-list.ts';
import type { PlacedLane, Scene } from './scene.ts';
import { bandRows, lumaShades, mapColours, shadeOf, shadeOfLuma } from './tape-map.ts';

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
  const { fields } = lane;
  const linesOfBand = pictureLines / (fields.length * (fields[0]?.columns.length ?? 1));
  const colours = isLuma ? lumaShades(palette) : coloursOfLines(mapColours(palette), linesOfBand);
  const most = colours.length - 1;
  const line = new Uint32Array(surface.width);
  for (const [at, { columns }] of fields.entries()) {
    for (const [band, column] of columns.entries()) {
      readExtent(values, plan, column, isLuma ? 'mean' : 'max');
      // Where nothing was measured, and where nothing is damaged, the lane itself is seen.
      line.fill(palette.lane);
      for (let pixel = 0; pixel < line.length; pixel++) {
        const value = values[pixel] as number;
        if (isLuma ? value >= 0 : value > 0)
          line[pixel] = colours[
            isLuma ? shadeOfLuma(value, bitDepth) : Math.min(most, Math.ceil(value))
          ] as Colour;
      }
      // Whole rows at once: to write each column down its rows takes ten times as long.
      const { top, bottom } = bandRows(placed, fields.length, at, columns.length, band);
      for (let row = top; row < bottom; row++) surface.pixels.set(line, row * surface.width);
    }
  }
  // Between the fields.
  const edge = fields.length > 1 ? bandRows(placed, fields.length, 1, 1, 0).top : undefined;
  if (edge !== undefined)
    fillBox(surface, 0, edge - Math.max(1, Math.round(pixelRatio)), surface.width, edge, palette.panel);
}

/** The colour of each number of damaged lines, from none to all of a band. */
function coloursOfLines(shades: readonly Colour[], linesOfBand: number): Colour[] {
  const most = Math.ceil(linesOfBand);
  return Array.from({ length: most + 1 }, (_, lines) => shades[shadeOf(lines, linesOfBand)] as Colour);
}
