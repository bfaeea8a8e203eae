import { type Area, activeAreaOf } from './active-area.ts';
import type { PictureInstrumentKind } from './instrument.ts';

/** signalstats' margin, in codes of whatever depth the file has: TOUT of ten bits is not that of eight. */
const marginCodes = 4;
const linesBack = 4;

/**
 * signalstats' TOUT and VREP on the active area. TOUT: pixels that differ from the lines one and two above and below, three in a
 * row. VREP: lines that are those four above but for less than a code. 0.7 ms for a frame of 720x576.
 */
export const outliers: PictureInstrumentKind = {
  name: 'outliers',
  measures: [
    { id: 'tout', medium: 'video', unit: 'share', key: 'lavfi.signalstats.TOUT' },
    { id: 'vrep', medium: 'video', unit: 'share', key: 'lavfi.signalstats.VREP' },
  ],
  open(raster) {
    const area = activeAreaOf(raster).luma;
    const samples = (area.right - area.left) * (area.bottom - area.top);
    return {
      measure({ y }, _previous, into, at) {
        into[at] = countOutliers(y, raster.width, area) / samples;
        into[at + 1] = countRepeatedLines(y, raster.width, area) / (area.bottom - area.top);
      },
    };
  },
};

function countOutliers(plane: Uint16Array, width: number, area: Area): number {
  let count = 0;
  for (let row = area.top + 1; row < area.bottom - 1; row++) {
    // Next to the edge there is no second line on one side: the filter looks at the first ones alone.
    const far = row - 2 >= area.top && row + 2 < area.bottom ? 2 * width : width;
    const first = row * width + area.left;
    const end = row * width + area.right;
    // Any three neighbours hold one of every third place: only around those that stand out the others are looked at.
    for (let at = first + 2; at < end; at += 3) {
      if (!standsOut(plane, at, width, far)) continue;
      const isBefore = standsOut(plane, at - 1, width, far);
      const isAfter = at + 1 < end && standsOut(plane, at + 1, width, far);
      if (isBefore && standsOut(plane, at - 2, width, far)) count += 1;
      if (isBefore && isAfter) count += 1;
      if (isAfter && at + 2 < end && standsOut(plane, at + 2, width, far)) count += 1;
    }
  }
  return count;
}

function standsOut(plane: Uint16Array, at: number, near: number, far: number): boolean {
  const here = plane[at] as number;
  return (
    differs(plane[at - far] as number, here, plane[at + far] as number) &&
    differs(plane[at - near] as number, here, plane[at + near] as number)
  );
}

function differs(above: number, here: number, below: number): boolean {
  return ((distance(above, here) + distance(below, here)) >> 1) - distance(above, below) > marginCodes;
}

/** Without a branch, which noise would make a guess of. */
function distance(one: number, other: number): number {
  const difference = (one - other) | 0;
  const sign = difference >> 31;
  return (difference ^ sign) - sign;
}

function countRepeatedLines(plane: Uint16Array, width: number, area: Area): number {
  const length = area.right - area.left;
  let count = 0;
  for (let row = area.top + linesBack; row < area.bottom; row++) {
    const end = row * width + area.right;
    const back = linesBack * width;
    let sum = 0;
    for (let at = row * width + area.left; at < end && sum < length; at++) {
      sum += distance(plane[at] as number, plane[at - back] as number);
    }
    if (sum < length) count += 1;
  }
  return count;
}
