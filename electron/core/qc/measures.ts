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

/** Column of one channel's measure. Channels count from 1, as on the deck. */
export function audioColumn(id: string, channel: number): string {
  return `${id}.${channel}`;
}
