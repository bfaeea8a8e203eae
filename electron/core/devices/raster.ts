import type { VideoFormat } from '#shared/domain/formats.ts';
import { type Rational, toNumber } from '#shared/domain/rational.ts';

/** PAL or NTSC, by the raster and rate of ITU-R BT.601; NTSC with 480 or 486 lines. */
export function standardOf(width: number, height: number, rate: Rational): VideoFormat['standard'] {
  const fps = toNumber(rate);
  if (width > 720) return 'other';
  if (height === 576 && fps === 25) return 'PAL';
  return (height === 480 || height === 486) && Math.abs(fps - 29.97) < 0.01 ? 'NTSC' : 'other';
}

/** Field order that a picture of so many lines has where nothing says it: ITU-R BT.601, SMPTE 125M. */
export function assumedFieldOrder(height: number): VideoFormat['fieldOrder'] {
  if (height === 576) return 'tff';
  return height === 480 || height === 486 ? 'bff' : 'progressive';
}

/**
 * What a file says of its fields, in ffmpeg's word: `tb` is top field first and `bt` bottom first, whatever "swapped" in its own words
 * says, since its encoders mark interleaved frames so, and its decoders go by the first letter.
 */
export function statedFieldOrder(word: string | undefined): VideoFormat['fieldOrder'] | undefined {
  if (word === 'progressive') return word;
  return word === 'tt' || word === 'tb' ? 'tff' : word === 'bb' || word === 'bt' ? 'bff' : undefined;
}

/** DV of standard definition begins with the bottom field, in 625 lines too (IEC 61834, SMPTE ST 314); no container says so. */
export function codecFieldOrder(
  codec: string | undefined,
  height: number,
): VideoFormat['fieldOrder'] | undefined {
  return codec === 'dvvideo' && height <= 576 ? 'bff' : undefined;
}
