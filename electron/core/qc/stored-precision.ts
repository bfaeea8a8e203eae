import type { Measure } from './measures.ts';

/**
 * Bits behind the point of a value's mantissa that are kept; what lies behind them is noise that no compressor makes smaller. Codes, counts
 * and factors have eighteen significant bits with the one before the point: codes of sixteen bits and counts are exact, means are to four
 * millionths, as the six digits are that ffmpeg prints. Levels in decibels are to a thousandth, shares to 30 millionths of themselves.
 */
const keptBits: Readonly<Record<Measure['unit'], number>> = {
  code: 17,
  // What two channels differ by is reckoned from a correlation that is nearly one.
  factor: 22,
  count: 17,
  line: 17,
  pixel: 17,
  Hz: 17,
  ms: 17,
  code2: 14,
  share: 14,
  degree: 14,
  dB: 14,
  dBFS: 14,
  LUFS: 14,
};
const floatBits = 23;

/** Rounds rows of values to what is kept of them, in their place. Infinities and NaN stay what they are. */
export function createRounding(measures: readonly Pick<Measure, 'unit'>[]): (row: Float32Array) => void {
  const halves = Int32Array.from(measures, ({ unit }) => 1 << (floatBits - keptBits[unit] - 1));
  const masks = Int32Array.from(measures, ({ unit }) => -1 << (floatBits - keptBits[unit]));
  return (row) => {
    const bits = new Int32Array(row.buffer, row.byteOffset, row.length);
    for (let at = 0; at < bits.length; at++) {
      bits[at] = ((bits[at] as number) + (halves[at] as number)) & (masks[at] as number);
    }
  };
}
