import { HelicalError } from '#shared/domain/errors.ts';
import { toNumber } from '#shared/domain/rational.ts';
import type { DecklinkMode } from './decklink-listing.ts';

/** ffmpeg's own default, `queue_size` in libavdevice/decklink_dec_c.c. */
const usualBytes = 2 ** 30;
/** The most of a machine's memory that one card's queue may take. */
const memoryShare = 1 / 4;

/** Bytes that arrive from a card in a second: v210 (six pixels in 16 bytes, lines of whole 128 bytes) or UYVY, and sound. */
export function decklinkBytesPerSecond(
  { width, height, frameRate }: DecklinkMode,
  rawFormat: string,
  channels: number,
): number {
  const lineBytes = rawFormat === 'yuv422p10' ? Math.ceil(width / 48) * 128 : width * 2;
  const soundBytes = 48_000 * channels * 4;
  return lineBytes * height * toNumber(frameRate) + soundBytes;
}

/**
 * How much ffmpeg is to hold while the recorder does not read. Without a wish it is ffmpeg's own 1 GiB, or a quarter of the
 * memory where that is less. HelicalError INVALID_INPUT for a wish that a quarter of the memory cannot hold.
 * @param seconds the operator's wish; undefined for none.
 */
export function decklinkQueue(options: {
  seconds: number | undefined;
  bytesPerSecond: number;
  memoryBytes: number;
}): { seconds: number; capacityBytes: number } {
  const { seconds, bytesPerSecond, memoryBytes } = options;
  const mostBytes = Math.floor(memoryBytes * memoryShare);
  if (seconds === undefined) {
    const capacityBytes = Math.min(usualBytes, mostBytes);
    return { seconds: capacityBytes / bytesPerSecond, capacityBytes };
  }
  const capacityBytes = Math.ceil(seconds * bytesPerSecond);
  // Not a number is neither.
  if (seconds >= 1 && capacityBytes <= mostBytes) return { seconds, capacityBytes };
  throw new HelicalError('INVALID_INPUT', {
    problem: `A queue of ${seconds} s does not go: it takes at least 1 s, and at most a quarter of this machine's memory.`,
    safe: 'Nothing was opened.',
    remedy: `Choose a number from 1 to ${Math.floor(mostBytes / bytesPerSecond)} s for this mode.`,
  });
}
