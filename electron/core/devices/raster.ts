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
