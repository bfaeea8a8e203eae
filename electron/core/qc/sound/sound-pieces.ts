import type { Rational } from '#shared/domain/rational.ts';

/** Samples before picture `frame`: pieces of 48 kHz at 29.97 are 1601 or 1602 samples long, and none is lost between them. */
export function firstSampleOf(frame: number, sampleRateHz: number, frameRate: Rational): number {
  return Math.round((frame * sampleRateHz * frameRate.den) / frameRate.num);
}
