/** One number per frame. */
export interface Measure {
  /** Column of the sample store: `yMax`, `peakDbfs.1`. */
  id: string;
  medium: 'video' | 'audio';
  /**
   * `code` values are in the file's own bit depth (a 10-bit file: 0 to 1023), `code2` their squares; a `share` is 0 to 1.
   */
  unit:
    | 'code'
    | 'code2'
    | 'share'
    | 'dBFS'
    | 'dB'
    | 'LUFS'
    | 'factor'
    | 'degree'
    | 'line'
    | 'pixel'
    | 'count'
    | 'Hz'
    | 'ms';
  /** The key under which ffmpeg prints the same figure; undefined where no filter of ffmpeg has it. */
  key: string | undefined;
}

/**
 * ffmpeg's signalstats on the active picture (see `activeAreaCrop`).
 * TOUT does not scale with bit depth: its margin is four codes of whatever depth the file has.
 */
const videoMeasures = [
  ['yMin', 'code', 'YMIN'],
  ['yLow', 'code', 'YLOW'],
  ['yAvg', 'code', 'YAVG'],
  ['yHigh', 'code', 'YHIGH'],
  ['yMax', 'code', 'YMAX'],
  ['uMin', 'code', 'UMIN'],
  ['uAvg', 'code', 'UAVG'],
  ['uMax', 'code', 'UMAX'],
  ['vMin', 'code', 'VMIN'],
  ['vAvg', 'code', 'VAVG'],
  ['vMax', 'code', 'VMAX'],
  ['satAvg', 'code', 'SATAVG'],
  ['satMax', 'code', 'SATMAX'],
  ['hueMed', 'degree', 'HUEMED'],
  ['yDif', 'code', 'YDIF'],
  ['uDif', 'code', 'UDIF'],
  ['vDif', 'code', 'VDIF'],
  ['tout', 'share', 'TOUT'],
  ['vrep', 'share', 'VREP'],
  ['brng', 'share', 'BRNG'],
] as const satisfies readonly (readonly [string, Measure['unit'], string])[];

/** ffmpeg's astats, each channel by itself: folding to stereo would hide a dead third channel. */
const audioMeasures = [
  ['peakDbfs', 'dBFS', 'Peak_level'],
  ['rmsDbfs', 'dBFS', 'RMS_level'],
  ['flatFactor', 'factor', 'Flat_factor'],
] as const satisfies readonly (readonly [string, Measure['unit'], string])[];

/** Keys that astats is asked for: asking for all costs as much as the decode. */
export const astatsKeys = audioMeasures.map(([, , key]) => key);

/** Every measure of a file with so many audio channels, in the order of the store's columns. */
export function measuresFor(channels: number): Measure[] {
  const list: Measure[] = videoMeasures.map(([id, unit, key]) => ({
    id,
    medium: 'video',
    unit,
    key: `lavfi.signalstats.${key}`,
  }));
  for (let channel = 1; channel <= channels; channel++) {
    for (const [id, unit, key] of audioMeasures) {
      list.push({
        id: audioColumn(id, channel),
        medium: 'audio',
        unit,
        key: `lavfi.astats.${channel}.${key}`,
      });
    }
  }
  return list;
}

/** Column of one channel's measure. Channels count from 1, as on the deck. */
export function audioColumn(id: string, channel: number): string {
  return `${id}.${channel}`;
}
