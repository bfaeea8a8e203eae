import { groupBytes, groupPixels, v210Group, v210Stride } from './v210.ts';

/**
 * The tape's frame number, in the picture. Two rows of twenty cells, six pixels by eight lines each, so that a cell is
 * one v210 group wide and holds four lines of each field (both fields of a frame carry the same number: interlacing
 * cannot break it). It lies in the top lines, which measures of the active picture leave out.
 * Row 0: `1 0`, bits 23..8, `0 1`. Row 1: `0 1`, bits 7..0, CRC-8, `1 0`.
 */
export const stampArea = { x: 24, y: 4, width: 120, height: 16 } as const;

/** The smallest raster that holds the stamp. */
export const smallestRaster = { width: 160, height: 80 } as const;

const cellLines = 8;
const columns = 20;
const black = 64;
const white = 800;
const cells = [v210Group(new Array<number>(6).fill(black)), v210Group(new Array<number>(6).fill(white))];

export const largestFrameNumber = 0xffffff;

/** Writes a frame number (0 to 16777215) into a v210 picture, in place. Throws RangeError outside that range. */
export function stampFrameNumber(v210: Uint8Array, width: number, frameNumber: number): void {
  if (!Number.isInteger(frameNumber) || frameNumber < 0 || frameNumber > largestFrameNumber) {
    throw new RangeError(`no frame number: ${frameNumber}`);
  }
  const stride = v210Stride(width);
  const start = (stampArea.x / groupPixels) * groupBytes;
  for (const [row, bits] of cellRows(frameNumber).entries()) {
    for (let line = 0; line < cellLines; line++) {
      const at = (stampArea.y + row * cellLines + line) * stride + start;
      for (const [column, bit] of bits.entries())
        v210.set(cells[bit] as Uint8Array, at + column * groupBytes);
    }
  }
}

/**
 * Reads the frame number from a luma plane: 8 bit (Uint8Array) or 10 bit (Uint16Array). `origin` is where the stamp
 * starts, `{x: 0, y: 0}` for a plane cropped to `stampArea`. Undefined when no sound stamp is there.
 */
export function readFrameNumber(
  luma: Uint8Array | Uint16Array,
  width: number,
  height: number,
  origin: { x: number; y: number } = stampArea,
): number | undefined {
  if (origin.x + stampArea.width > width || origin.y + stampArea.height > height) return undefined;
  const unit = luma instanceof Uint16Array ? 4 : 1;
  const rows: number[][] = [];
  for (let row = 0; row < 2; row++) {
    const bits: number[] = [];
    for (let column = 0; column < columns; column++) {
      const level =
        cellLevel(luma, width, origin.x + column * groupPixels, origin.y + row * cellLines) / unit;
      // A level between the two is neither: better no number than a wrong one.
      if (level > 85 && level < 130) return undefined;
      bits.push(level >= 130 ? 1 : 0);
    }
    rows.push(bits);
  }
  const [upper, lower] = rows as [number[], number[]];
  const frameNumber = (toInteger(upper.slice(2, 18)) << 8) | toInteger(lower.slice(2, 10));
  const expected = cellRows(frameNumber);
  const same = rows.every((bits, row) => bits.every((bit, column) => bit === expected[row]?.[column]));
  return same ? frameNumber : undefined;
}

/** Mean of the inner four by four samples: the edges may be blurred by a lossy codec. */
function cellLevel(luma: Uint8Array | Uint16Array, width: number, x: number, y: number): number {
  let sum = 0;
  for (let line = y + 2; line < y + 6; line++) {
    for (let column = x + 1; column < x + 5; column++) sum += luma[line * width + column] as number;
  }
  return sum / 16;
}

function cellRows(frameNumber: number): [number[], number[]] {
  return [
    [1, 0, ...toBits(frameNumber >>> 8, 16), 0, 1],
    [0, 1, ...toBits(frameNumber & 0xff, 8), ...toBits(checksum(frameNumber), 8), 1, 0],
  ];
}

/** CRC-8 (polynomial 0x07, start 0xff) over the three bytes of the number. */
function checksum(frameNumber: number): number {
  let crc = 0xff;
  for (const byte of [frameNumber >>> 16, (frameNumber >>> 8) & 0xff, frameNumber & 0xff]) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}

function toBits(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (value >>> (count - 1 - index)) & 1);
}

function toInteger(bits: readonly number[]): number {
  return bits.reduce((value, bit) => (value << 1) | bit, 0);
}
