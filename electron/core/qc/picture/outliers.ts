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
  for (let row = area.top + 2; row < area.bottom - 2; row++) {
    const start = row * width;
    const last = start + area.right - 2;
    // Any three neighbours hold one of every third place: only around those that stand out the others are looked at.
    for (let at = start + area.left + 2; at <= last + 1; at += 3) {
      if (!standsOut(plane, at, width)) continue;
      const [twoBefore, before] = [at - 2 >= start + area.left, true];
      const isBefore = before && standsOut(plane, at - 1, width);
      const isAfter = at + 1 < start + area.right && standsOut(plane, at + 1, width);
      if (isBefore && twoBefore && standsOut(plane, at - 2, width)) count += 1;
      if (isBefore && isAfter) count += 1;
      if (isAfter && at + 2 < start + area.right && standsOut(plane, at + 2, width)) count += 1;
    }
  }
  return count;
}

function standsOut(plane: Uint16Array, at: number, width: number): boolean {
  return (
    differs(plane[at - 2 * width] as number, plane[at] as number, plane[at + 2 * width] as number) &&
    differs(plane[at - width] as number, plane[at] as number, plane[at + width] as number)
  );
}

function differs(above: number, here: number, below: number): boolean {
  const up = above < here ? here - above : above - here;
  const down = below < here ? here - below : below - here;
  const over = below < above ? above - below : below - above;
  return ((up + down) >> 1) - over > marginCodes;
}

function countRepeatedLines(plane: Uint16Array, width: number, area: Area): number {
  const length = area.right - area.left;
  let count = 0;
  for (let row = area.top + linesBack; row < area.bottom; row++) {
    const end = row * width + area.right;
    const back = linesBack * width;
    let sum = 0;
    for (let at = row * width + area.left; at < end && sum < length; at++) {
      const difference = (plane[at] as number) - (plane[at - back] as number);
      sum += difference < 0 ? -difference : difference;
    }
    if (sum < length) count += 1;
  }
  return count;
}
