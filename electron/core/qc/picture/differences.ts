import type { Measure } from '../measures.ts';
import { type Area, activeAreaOf } from './active-area.ts';
import type { PictureInstrumentKind } from './instrument.ts';

const measures = ['yDif', 'uDif', 'vDif'].map(
  (id): Measure => ({ id, medium: 'video', unit: 'code', key: `lavfi.signalstats.${id.toUpperCase()}` }),
);

/**
 * Mean difference from the picture before, plane by plane, on the active area: as signalstats has it, but that behind a gap
 * there is none. 0.6 ms for a frame of 720x576 at 4:2:2.
 */
export const differences: PictureInstrumentKind = {
  name: 'differences',
  measures,
  open(raster) {
    const area = activeAreaOf(raster);
    let isFirst = true;
    return {
      measure(picture, previous, into, at) {
        if (!previous) {
          into.fill(isFirst ? 0 : Number.NaN, at, at + measures.length);
          isFirst = false;
          return;
        }
        into[at] = meanDifference(picture.y, previous.y, raster.width, area.luma);
        into[at + 1] = meanDifference(picture.u, previous.u, raster.chromaWidth, area.chroma);
        into[at + 2] = meanDifference(picture.v, previous.v, raster.chromaWidth, area.chroma);
      },
    };
  },
};

function meanDifference(now: Uint16Array, before: Uint16Array, width: number, area: Area): number {
  let sum = 0;
  for (let row = area.top; row < area.bottom; row++) {
    const end = row * width + area.right;
    let rowSum = 0;
    for (let at = row * width + area.left; at < end; at++) {
      // Without a branch, which noise would make a guess of.
      const difference = ((now[at] as number) - (before[at] as number)) | 0;
      const sign = difference >> 31;
      rowSum = (rowSum + ((difference ^ sign) - sign)) | 0;
    }
    sum += rowSum;
  }
  return sum / ((area.right - area.left) * (area.bottom - area.top));
}
