import { HelicalError } from '#shared/domain/errors.ts';
import type { Rational } from '#shared/domain/rational.ts';

/** What is known of the material that samples were taken from. */
export interface SeriesDescription {
  frameRate: Rational;
  /** Bits per sample of the picture: `code` measures are on this scale. */
  bitDepth: number;
  channels: number;
  standard: string;
  /** False where there is sound alone; absent: there is one. */
  hasPicture?: boolean | undefined;
  /** As the file or the source says; absent where it does not. */
  fieldOrder?: 'tff' | 'bff' | 'progressive' | undefined;
}

/** Frames that are missing by a file's own times; `frame` is the first one behind the gap. */
export interface TimeGap {
  frame: number;
  lostFrames: number;
}

/** Samples of a whole pass (or of what has played so far): one Float32Array a measure, NaN where nothing was measured. */
export interface Series extends SeriesDescription {
  frames: number;
  /** Audio channels to be judged, counted from 1; absent: all of them. */
  judgedChannels?: readonly number[] | undefined;
  /** Absent where the times of frames are not known. */
  timeGaps?: readonly TimeGap[] | undefined;
  column(id: string): Float32Array;
  /** Frames `from` to `to` of a column, the last one not among them; absent where all columns are in memory anyway. */
  range?(id: string, from: number, to: number): Float32Array;
  /** Says that no column is looked at any more, until it is asked for again; absent where all of them are in memory anyway. */
  release?(): void;
}

/** A limit given on the 10-bit scale, on the scale of this material. */
export function onScaleOf(series: SeriesDescription, tenBitCode: number): number {
  return tenBitCode * 2 ** (series.bitDepth - 10);
}

/** Frames in so many seconds, at least one. */
export function framesIn(series: SeriesDescription, seconds: number): number {
  return Math.max(1, Math.round((seconds * series.frameRate.num) / series.frameRate.den));
}

/** Audio channels that checks look at, counted from 1. */
export function judgedChannelsOf(series: Series): number[] {
  const all = Array.from({ length: series.channels }, (_, at) => at + 1);
  return all.filter((channel) => series.judgedChannels?.includes(channel) ?? true);
}

/** Refuses channels that a file does not have: what is judged nowhere must not look judged. @throws HelicalError INVALID_INPUT. */
export function requireChannels(judged: readonly number[] | undefined, channels: number): void {
  const absent = (judged ?? []).filter((channel) => channel > channels);
  if (absent.length === 0) return;
  const there =
    channels === 0 ? 'there is no sound' : channels === 1 ? 'there is one' : `there are ${channels}`;
  throw new HelicalError('INVALID_INPUT', {
    problem: `There is no audio channel ${absent.join(', ')}: ${there}.`,
    safe: 'Nothing was judged.',
    remedy: channels === 0 ? 'Leave out the channels.' : `Name channels from 1 to ${channels}.`,
  });
}
