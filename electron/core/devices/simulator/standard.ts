import type { Rational } from '#shared/domain/rational.ts';

export const sampleRateHz = 48_000;

/** What a television standard fixes. */
export interface Standard {
  name: 'PAL' | 'NTSC';
  width: number;
  height: number;
  frameRate: Rational;
  fieldOrder: 'tff' | 'bff';
}

/** PAL 720x576i25, top field first; NTSC 720x486i29.97, bottom field first (as SDI cards deliver them). */
export const standards: Record<'PAL' | 'NTSC', Standard> = {
  PAL: {
    name: 'PAL',
    width: 720,
    height: 576,
    frameRate: { num: 25, den: 1 },
    fieldOrder: 'tff',
  },
  NTSC: {
    name: 'NTSC',
    width: 720,
    height: 486,
    frameRate: { num: 30_000, den: 1001 },
    fieldOrder: 'bff',
  },
};

/**
 * The first sample of a frame at 48 kHz. PAL has 1920 samples a frame; NTSC the five-frame cadence 1602, 1601, 1602,
 * 1601, 1602 (SMPTE ST 272).
 */
export function firstSampleOf(frame: number, rate: Rational): number {
  return Math.round((frame * sampleRateHz * rate.den) / rate.num);
}

/** Start of a frame in microseconds. */
export function frameStartUs(frame: number, rate: Rational): number {
  return Math.round((frame * 1_000_000 * rate.den) / rate.num);
}
