import type { LaneBox } from '../../../ui/graph/draw-envelope.ts';
import type { Envelope } from '../../../ui/graph/envelope.ts';
import type { Palette } from '../../../ui/graph/palette.ts';
import { fillBox, fillColumn, type Surface } from '../../../ui/graph/surface.ts';

/** What is quieter has no height. */
const soundFloorDbfs = -60;

/** 0 to 1: how far a level reaches from the middle of the lane to its edge. */
function reachOf(dbfs: number): number {
  return Math.max(0, Math.min(1, 1 - dbfs / soundFloorDbfs));
}

/** Sound about the middle of a lane, in dB: peaks quietly, mean level before them. Where it reaches full scale the edge is marked. */
export function drawWaveform(
  surface: Surface,
  { top, height }: LaneBox,
  peaks: Envelope,
  levels: Envelope,
  palette: Palette,
): void {
  const middle = top + height / 2;
  const half = height / 2 - 1;
  fillBox(surface, 0, Math.floor(middle), surface.width, Math.floor(middle) + 1, palette.soundPeak);
  const span = (column: number, dbfs: number, colour: number) => {
    const reach = half * reachOf(dbfs);
    if (reach >= 0.5) {
      fillColumn(surface, column, Math.round(middle - reach), Math.round(middle + reach), colour);
    }
  };
  for (let column = 0; column < surface.width; column++) {
    const peak = peaks.max[column] as number;
    if (Number.isNaN(peak)) continue;
    span(column, peak, palette.soundPeak);
    span(column, levels.mean[column] as number, palette.sound);
    if (peak < -0.2) continue;
    fillColumn(surface, column, top, top + 2, palette.failure);
    fillColumn(surface, column, top + height - 2, top + height, palette.failure);
  }
}
