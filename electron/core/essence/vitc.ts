/**
 * Vertical interval timecode (SMPTE ST 12-1, EBU Tech 3097): 90 bits in a line of each field. Nine groups of ten: `1 0`, then
 * eight bits, lowest first; in the last group the CRC.
 */
export interface Vitc {
  /** `HH:MM:SS:FF`, or `HH:MM:SS;FF` where the drop-frame flag is set (525 lines only). */
  timecode: string;
  /** The field that says so. */
  field: 1 | 2;
  /** The eight binary groups, the first one left, as hexadecimal digits. */
  userBits: string;
}

export type VitcSystem = 'PAL' | 'NTSC';

export const vitcBitCount = 90;

/** Where each figure lies: first bit, number of bits, largest value. */
const figures = {
  frames: [2, 4, 9],
  tensOfFrames: [12, 2, 2],
  seconds: [22, 4, 9],
  tensOfSeconds: [32, 3, 5],
  minutes: [42, 4, 9],
  tensOfMinutes: [52, 3, 5],
  hours: [62, 4, 9],
  tensOfHours: [72, 2, 2],
} as const;
const userGroups = [6, 16, 26, 36, 46, 56, 66, 76] as const;
const dropFrameBit = 14;
const fieldMarkBit = { PAL: 75, NTSC: 35 } as const;
const crcStart = 82;

/** The bits of one line. Throws RangeError for a text that is no timecode. */
export function vitcBits({ timecode, field, userBits }: Vitc, system: VitcSystem): Uint8Array {
  const match = /^([0-2])(\d):([0-5])(\d):([0-5])(\d)([:;])([0-2])(\d)$/.exec(timecode);
  if (!match) throw new RangeError(`no timecode: ${timecode}`);
  const digit = (index: number) => Number(match[index]);
  const bits = new Uint8Array(vitcBitCount);
  const put = (first: number, count: number, value: number) => {
    for (let bit = 0; bit < count; bit++) bits[first + bit] = (value >> bit) & 1;
  };
  for (let group = 0; group < 9; group++) bits[group * 10] = 1;
  const values = [9, 8, 6, 5, 4, 3, 2, 1].map(digit);
  for (const [index, [first, count]] of Object.values(figures).entries()) {
    put(first, count, values[index] as number);
  }
  for (const [index, first] of userGroups.entries())
    put(first, 4, Number.parseInt(userBits[index] ?? '0', 16));
  if (system === 'NTSC' && match[7] === ';') bits[dropFrameBit] = 1;
  if (field === 2) bits[fieldMarkBit[system]] = 1;
  put(crcStart, 8, crcOf(bits));
  return bits;
}

/** What a line's bits say; undefined when synchronisation, CRC or a figure is wrong. */
export function readVitcBits(bits: Uint8Array, system: VitcSystem): Vitc | undefined {
  for (let group = 0; group < 9; group++) {
    if (bits[group * 10] !== 1 || bits[group * 10 + 1] !== 0) return undefined;
  }
  const take = (first: number, count: number): number => {
    let value = 0;
    for (let bit = 0; bit < count; bit++) value |= (bits[first + bit] as number) << bit;
    return value;
  };
  if (take(crcStart, 8) !== crcOf(bits)) return undefined;
  const values: number[] = [];
  for (const [first, count, most] of Object.values(figures)) {
    const value = take(first, count);
    if (value > most) return undefined;
    values.push(value);
  }
  const [frames, tensOfFrames, seconds, tensOfSeconds, minutes, tensOfMinutes, hours, tensOfHours] = values;
  const isOver = Number(`${tensOfFrames}${frames}`) >= (system === 'PAL' ? 25 : 30);
  if (isOver || Number(`${tensOfHours}${hours}`) > 23) return undefined;
  const drops = system === 'NTSC' && bits[dropFrameBit] === 1;
  return {
    timecode:
      `${tensOfHours}${hours}:${tensOfMinutes}${minutes}:${tensOfSeconds}${seconds}` +
      `${drops ? ';' : ':'}${tensOfFrames}${frames}`,
    field: bits[fieldMarkBit[system]] === 1 ? 2 : 1,
    userBits: userGroups.map((first) => take(first, 4).toString(16)).join(''),
  };
}

/** The remainder of x^8 + 1: bits 0 to 81, folded by eight, aligned so that all 90 fold to nothing. */
function crcOf(bits: Uint8Array): number {
  let crc = 0;
  for (let bit = 0; bit < crcStart; bit++) {
    if (bits[bit] === 1) crc ^= 1 << ((bit + 8 - (crcStart % 8)) % 8);
  }
  return crc;
}
