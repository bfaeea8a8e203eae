import type { Envelope } from './envelope.ts';
import { type Colour, fillColumn, fillSpan, isGap, type Surface } from './surface.ts';
import { heightOf, type ValueScale } from './value-scale.ts';

/** Where on a surface a lane lies, in pixels. */
export interface LaneBox {
  top: number;
  height: number;
}

/** The row of a value in a lane, not rounded. */
export function rowOf({ top, height }: LaneBox, scale: ValueScale, value: number): number {
  return top + (height - 1) * (1 - heightOf(scale, value)) + 0.5;
}

/** Where the mean of another recording lies: a dashed line, without a band. Its dashes go with the pixels of the tape. */
export function drawDashedMean(
  surface: Surface,
  box: LaneBox,
  scale: ValueScale,
  { mean }: Envelope,
  originPixel: number,
  colour: Colour,
  thickness: number,
): void {
  const half = thickness / 2;
  const dash = Math.max(2, Math.round(4 * thickness));
  for (let column = 0; column < mean.length; column++) {
    const middle = mean[column] as number;
    if (Number.isNaN(middle) || isGap(originPixel + column, dash)) continue;
    const before = mean[column - 1] ?? Number.NaN;
    const row = rowOf(box, scale, middle);
    const last = Number.isNaN(before) ? row : rowOf(box, scale, before);
    fillSpan(surface, column, Math.min(row, last) - half, Math.max(row, last) + half, colour);
  }
}

/** The band from smallest to largest, and the mean as a line in it; `thickness` in pixels. */
export function drawEnvelope(
  surface: Surface,
  box: LaneBox,
  scale: ValueScale,
  { min, mean, max }: Envelope,
  colours: { band: Colour; line: Colour },
  thickness: number,
): void {
  const half = thickness / 2;
  let before = Number.NaN;
  for (let column = 0; column < mean.length; column++) {
    const middle = mean[column] as number;
    if (Number.isNaN(middle)) {
      before = Number.NaN;
      continue;
    }
    const upper = Math.floor(rowOf(box, scale, max[column] as number));
    const lower = Math.floor(rowOf(box, scale, min[column] as number)) + 1;
    if (lower - upper > 1) fillColumn(surface, column, upper, lower, colours.band);
    const row = rowOf(box, scale, middle);
    const [high, low] = Number.isNaN(before) ? [row, row] : [Math.min(row, before), Math.max(row, before)];
    fillSpan(surface, column, high - half, low + half, colours.line);
    before = row;
  }
}
