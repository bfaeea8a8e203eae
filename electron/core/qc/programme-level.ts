import { audioColumn } from './measures.ts';
import { quantilesOf } from './quantile.ts';
import type { Series } from './series.ts';

/** Own. */
const levels = {
  /** No sound track of a tape is this quiet: what lies below was not connected. */
  nothingDbfs: -70,
  /** A hiss is taken for one only below this. */
  loudestHissDbfs: -40,
  /** And where the programme stands this far above it. */
  leastRangeDb: 15,
  /** A programme stands out of hiss by so much: the level of hiss over a picture wanders by less than a decibel. */
  overHissDb: 6,
};

/**
 * Level of a channel's own noise, from its quietest pictures: NaN where it is never heard by itself (sound without a pause).
 */
export function hissDbfsOf(series: Series, channel: number): number {
  const column = series.column(audioColumn('rmsDbfs', channel));
  const [hiss, loud] = quantilesOf(column, [0.03, 0.9]) as [number, number];
  const range = loud - hiss;
  return hiss <= levels.loudestHissDbfs && range >= levels.leastRangeDb ? hiss : Number.NaN;
}

/** Level from which a picture of a channel holds programme, and not only the tape's hiss. dBFS, root mean square. */
export function programmeDbfsOf(series: Series, channel: number): number {
  const hiss = hissDbfsOf(series, channel);
  return Math.max(levels.nothingDbfs, Number.isNaN(hiss) ? levels.nothingDbfs : hiss + levels.overHissDb);
}
