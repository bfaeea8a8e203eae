import { type VitcSystem, vitcBitCount } from './vitc.ts';

/**
 * Samples of a 720-sample line (ITU-R BT.601) for one bit, and in front of the first: 1.8125 Mbit/s and 11.2 us after the sync
 * edge with 625 lines, 113.75 bits a line and 10.5 us with 525 (SMPTE ST 12-1). Other widths are scaled.
 */
const timing = {
  PAL: { bitSamples: 864 / 116, startSamples: 19.2 },
  NTSC: { bitSamples: 858 / 113.75, startSamples: 19.75 },
} as const;

/** A one is 550 mV over black, of 700 mV for white: in ten bits 64 and 752. */
const blackLevel = 64;
const oneLevel = 752;

/** Lines narrower than this have no room for 90 bits of two samples. */
export const narrowestVitcLine = 192;

/** Draws the bits of a line as ten-bit luma, with edges as steep as the samples allow. */
export function drawVitcLine(bits: Uint8Array, width: number, system: VitcSystem): Uint16Array {
  const { bitSamples, startSamples } = scaled(width, system);
  const line = new Uint16Array(width);
  for (let x = 0; x < width; x++) {
    // The share of this sample that lies in ones.
    let share = 0;
    for (let at = x; at < x + 1; ) {
      const bit = Math.floor((at - startSamples) / bitSamples + 1e-9);
      const next = Math.min(x + 1, startSamples + (bit + 1) * bitSamples);
      if (bits[bit] === 1) share += next - at;
      at = Math.max(next, at + 1e-6);
    }
    line[x] = Math.round(blackLevel + share * (oneLevel - blackLevel));
  }
  return line;
}

/** Below this much of the full range between zeros and ones, a line is taken for picture. */
const leastContrast = 0.15;
/** A bit within this share of the contrast around the middle is doubtful; so many may be. */
const doubtfulShare = 0.14;
const doubtfulBits = 6;

/**
 * Finds 90 bits in a line of luma, wherever in it they begin, whatever their level, and followed from one group's edge to
 * the next, as the tape's own speed wavers. Undefined where there are none; what they say is for `readVitcBits` to judge.
 * @param luma eight bits a sample, or ten.
 */
export function readVitcLine(
  luma: Uint8Array | Uint16Array,
  offset: number,
  width: number,
  system: VitcSystem,
): Uint8Array | undefined {
  const unit = luma instanceof Uint16Array ? 4 : 1;
  const { bitSamples, startSamples } = scaled(width, system);
  const levels = levelsOf(luma, offset, width, unit);
  if (!levels) return undefined;
  const middle = (levels.low + levels.high) / 2;
  const line = smoothed(luma, offset, width, Math.max(1, Math.round(bitSamples / 3)));
  // The first one, then the first zero: the line begins somewhere around its place.
  const lastStart = startSamples + 6 * bitSamples;
  for (let x = 1; x < lastStart; x++) {
    if (!((line[x - 1] as number) < middle && (line[x] as number) >= middle)) continue;
    const edge = fallingEdge(line, middle, crossing(line, x, middle) + bitSamples, bitSamples * 0.45);
    const bits = edge === undefined ? undefined : followBits(line, levels, edge, bitSamples);
    if (bits) return bits;
  }
  return undefined;
}

function scaled(width: number, system: VitcSystem): { bitSamples: number; startSamples: number } {
  const { bitSamples, startSamples } = timing[system];
  return { bitSamples: (bitSamples * width) / 720, startSamples: (startSamples * width) / 720 };
}

/** Levels of zeros and ones, by their share of the line: at least a tenth of the bits are either. */
function levelsOf(
  luma: Uint8Array | Uint16Array,
  offset: number,
  width: number,
  unit: number,
): { low: number; high: number } | undefined {
  const counts = new Uint32Array(256);
  for (let x = 0; x < width; x++) {
    const level = Math.min(255, Math.floor((luma[offset + x] as number) / unit));
    counts[level] = (counts[level] as number) + 1;
  }
  const levelAt = (share: number) => {
    let left = width * share;
    let level = 0;
    while (level < 255) {
      left -= counts[level] as number;
      if (left < 0) break;
      level += 1;
    }
    return level * unit;
  };
  const low = levelAt(0.05);
  const high = levelAt(0.96);
  return high - low < leastContrast * 255 * unit ? undefined : { low, high };
}

/** Mean over so many samples around each one. */
function smoothed(
  luma: Uint8Array | Uint16Array,
  offset: number,
  width: number,
  samples: number,
): Float32Array {
  const line = new Float32Array(width);
  const before = samples >> 1;
  let sum = 0;
  for (let x = 0; x < width + samples; x++) {
    if (x < width) sum += luma[offset + x] as number;
    if (x >= samples) sum -= luma[offset + x - samples] as number;
    const centre = x - samples + 1 + before;
    if (centre >= 0 && centre < width) line[centre] = sum / Math.min(samples, x + 1);
  }
  return line;
}

/** Where between two samples the line goes through a level. */
function crossing(line: Float32Array, x: number, level: number): number {
  const from = line[x - 1] as number;
  const to = line[x] as number;
  return x - 1 + (level - from) / (to - from);
}

/** The falling edge nearest to a place; undefined when there is none within reach. */
function fallingEdge(line: Float32Array, middle: number, place: number, reach: number): number | undefined {
  let nearest: number | undefined;
  for (
    let x = Math.max(1, Math.floor(place - reach));
    x <= Math.min(line.length - 1, place + reach + 1);
    x++
  ) {
    if (!((line[x - 1] as number) >= middle && (line[x] as number) < middle)) continue;
    const edge = crossing(line, x, middle);
    if (Math.abs(edge - place) > reach) continue;
    if (nearest === undefined || Math.abs(edge - place) < Math.abs(nearest - place)) nearest = edge;
  }
  return nearest;
}

/** From the edge between the first two bits on: each group begins with such an edge, and is measured from it. */
function followBits(
  line: Float32Array,
  { low, high }: { low: number; high: number },
  firstEdge: number,
  bitSamples: number,
): Uint8Array | undefined {
  const middle = (low + high) / 2;
  const unsure = (high - low) * doubtfulShare;
  const bits = new Uint8Array(vitcBitCount);
  let doubtful = 0;
  let edge = firstEdge;
  let pace = bitSamples;
  for (let group = 0; group < 9; group++) {
    const next = group < 8 ? fallingEdge(line, middle, edge + 10 * pace, pace * 0.45) : edge + 10 * pace;
    if (next === undefined) return undefined;
    const own = (next - edge) / 10;
    for (let bit = 0; bit < 10; bit++) {
      const level = levelAround(line, edge + (bit - 0.5) * own, own / 4);
      if (Math.abs(level - middle) < unsure && ++doubtful > doubtfulBits) return undefined;
      bits[group * 10 + bit] = level >= middle ? 1 : 0;
    }
    if (bits[group * 10] !== 1 || bits[group * 10 + 1] !== 0) return undefined;
    pace += (own - pace) / 3;
    if (Math.abs(pace - bitSamples) > bitSamples * 0.06) return undefined;
    edge = next;
  }
  return bits;
}

/** Mean of the smoothed line at a place and on both sides of it. */
function levelAround(line: Float32Array, centre: number, reach: number): number {
  return (levelAt(line, centre - reach) + 2 * levelAt(line, centre) + levelAt(line, centre + reach)) / 4;
}

/** `centre` counts from the left edge of the first sample's middle. */
function levelAt(line: Float32Array, place: number): number {
  const x = Math.max(0, Math.min(line.length - 1.001, place));
  const left = Math.floor(x);
  const share = x - left;
  return (line[left] as number) * (1 - share) + (line[left + 1] as number) * share;
}
