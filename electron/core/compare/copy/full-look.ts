import { createEdgeLines, type LostLines } from './edge-lines.ts';
import type { FullPair } from './full-pair.ts';
import { createScaleEnds, type ScaleEnds } from './scale-ends.ts';
import { createShiftFit, type ShiftFit } from './shift-fit.ts';

/** What only whole pictures tell, of those that were looked at. */
export interface FullLook {
  pictures: number;
  /** How far the picture is moved near each edge: up and down at top and bottom, across at left and right. In pixels. */
  shifts: { top: ShiftFit; bottom: ShiftFit; left: ShiftFit; right: ShiftFit };
  lost: LostLines;
  ends: { y: ScaleEnds | undefined; u: ScaleEnds | undefined; v: ScaleEnds | undefined };
  /** How far the colour is moved, in samples of its plane, of which a pixel has half each way. */
  chroma: { down: ShiftFit; across: ShiftFit };
}

/** Pictures at least that are looked at, where there are so many; from a long recording one of so many. */
const [fewest, mostApart] = [40, 51];

/** One picture of how many is looked at: an odd number, so that both fields have their turn. */
export function fullLookEvery(pictures: number): number {
  return Math.max(1, Math.min(mostApart, Math.floor(pictures / fewest))) | 1;
}

export function createFullLook() {
  const quarter = 0.25;
  const shifts = {
    top: createShiftFit('down', [0, quarter], 4),
    bottom: createShiftFit('down', [1 - quarter, 1], 4),
    left: createShiftFit('across', [0, quarter], 4),
    right: createShiftFit('across', [1 - quarter, 1], 4),
  };
  const chroma = { down: createShiftFit('down', [0, 1], 4), across: createShiftFit('across', [0, 1], 4) };
  const ends = { y: createScaleEnds(8), u: createScaleEnds(4), v: createScaleEnds(4) };
  const edges = createEdgeLines();
  let pictures = 0;
  return {
    add({ y, u, v }: FullPair): void {
      pictures++;
      for (const shift of Object.values(shifts)) shift.add(y);
      for (const shift of Object.values(chroma)) {
        shift.add(u);
        shift.add(v);
      }
      edges.add(y);
      ends.y.add(y);
      ends.u.add(u);
      ends.v.add(v);
    },
    look: (): FullLook => ({
      pictures,
      shifts: {
        ...{ top: shifts.top.fit(), bottom: shifts.bottom.fit() },
        ...{ left: shifts.left.fit(), right: shifts.right.fit() },
      },
      lost: edges.lost(),
      ends: { y: ends.y.ends(), u: ends.u.ends(), v: ends.v.ends() },
      chroma: { down: chroma.down.fit(), across: chroma.across.fit() },
    }),
  };
}
