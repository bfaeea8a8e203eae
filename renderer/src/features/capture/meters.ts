/** Bottom of the meters in dBFS. */
export const floorDbfs = -60;
/** From here on a sample is all but clipped. */
export const overDbfs = -0.5;
const holdForMs = 1_500;

/** Height of a level on the meter, 0 to 1. */
export function meterHeight(dbfs: number): number {
  return Math.max(0, Math.min(1, (dbfs - floorDbfs) / -floorDbfs));
}

export interface Held {
  dbfs: number;
  atMs: number;
}

/** The greatest peak of the last second and a half, for each channel. */
export function holdPeaks(before: readonly Held[], peaks: readonly number[], nowMs: number): Held[] {
  return peaks.map((dbfs, channel) => {
    const held = before[channel];
    return held && held.dbfs > dbfs && nowMs - held.atMs < holdForMs ? held : { dbfs, atMs: nowMs };
  });
}
