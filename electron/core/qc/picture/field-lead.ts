import { activeAreaBorder } from './active-area.ts';
import type { PictureInstrumentKind } from './instrument.ts';

/** A sample moves where it differs by this much from the frame before: on the 10-bit scale, four times what 8 codes of noise make. */
const movingCodes = 48;
/** Own: fewer moving samples than this are damage or noise. */
const leastMoving = 0.002;

/**
 * Which field of a frame came first, told by motion.
 *
 * `fieldLead`: where something moves, the field that came first lies one field's time from the last field of the frame
 * before, and the other one three. Both are compared across fields, lines interpolated: (far - near) / (far + near), with
 * the top field taken as first. Above 0: top field first; below 0: bottom field first; around 0: both fields of one time
 * (film, progressive). 0.5 for slow motion. NaN where too little moves.
 */
export const fieldLead: PictureInstrumentKind = {
  name: 'field lead',
  measures: [{ id: 'fieldLead', medium: 'video', unit: 'factor', key: undefined }],
  open({ width, height, bitDepth }) {
    const border = activeAreaBorder({ width, height });
    const field = 2 * width;
    const isFar = (one: number, other: number) => one - other > moving || other - one > moving;
    const moving = movingCodes * 2 ** (bitDepth - 10);
    return {
      measure({ y }, previous, into, at) {
        into[at] = Number.NaN;
        if (!previous) return;
        const before = previous.y;
        let topFromBottom = 0;
        let bottomFromTop = 0;
        let moved = 0;
        let looked = 0;
        // Top lines are even; their neighbours above and below are of the other field.
        for (let row = border + 2; row + 3 < height - border; row += 4) {
          const end = row * width + width - border;
          for (let place = row * width + border; place < end; place += 2) {
            const below = place + width;
            const top = y[place] as number;
            const bottom = y[below] as number;
            const topBefore = before[place] as number;
            const bottomBefore = before[below] as number;
            looked++;
            // Either field: what a sharp edge swept in both is as far from the one as from the other. One branch for both
            // and for either way: noise would make a guess of more.
            const topMove = (top - topBefore) | 0;
            const bottomMove = (bottom - bottomBefore) | 0;
            const isStill =
              (topMove - moving) & (-topMove - moving) & (bottomMove - moving) & (-bottomMove - moving);
            if (isStill < 0) continue;
            const above = before[place - width] as number;
            const under = before[place + field] as number;
            // Level edges, above and below alike: a drawing's begin on even lines, and would pull one field away.
            const isLevelEdge =
              isFar(topBefore, before[place - field] as number) ||
              isFar(topBefore, under) ||
              isFar(bottomBefore, above) ||
              isFar(bottomBefore, before[below + field] as number);
            if (isLevelEdge) continue;
            moved++;
            const fromBottom = top - (above + bottomBefore) / 2;
            const fromTop = bottom - (topBefore + under) / 2;
            topFromBottom += fromBottom < 0 ? -fromBottom : fromBottom;
            bottomFromTop += fromTop < 0 ? -fromTop : fromTop;
          }
        }
        if (moved < looked * leastMoving) return;
        into[at] = (bottomFromTop - topFromBottom) / (bottomFromTop + topFromBottom);
      },
    };
  },
};
