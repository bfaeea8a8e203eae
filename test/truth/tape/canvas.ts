import { type Standard, standards } from '#core/devices/simulator/standard.ts';

/** Raster and rate of a tape to be made. Unit tests make small ones. */
export interface Raster {
  width: number;
  height: number;
  standard: Standard;
}

/** The whole raster of a standard, or a small one with its rate and field order. */
export function rasterOf(system: 'PAL' | 'NTSC', size?: { width: number; height: number }): Raster {
  const standard = standards[system];
  return { width: size?.width ?? standard.width, height: size?.height ?? standard.height, standard };
}

/** The signal before the converter: 10-bit codes with fractions, chroma at half the width (4:2:2). */
export interface Canvas {
  width: number;
  height: number;
  y: Float32Array;
  u: Float32Array;
  v: Float32Array;
}

export function createCanvas({ width, height }: { width: number; height: number }): Canvas {
  const chroma = (width / 2) * height;
  return {
    width,
    height,
    y: new Float32Array(width * height),
    u: new Float32Array(chroma),
    v: new Float32Array(chroma),
  };
}

export function copyCanvas(from: Canvas, into: Canvas): void {
  into.y.set(from.y);
  into.u.set(from.u);
  into.v.set(from.v);
}

/** What the converter gives: codes of the file's own depth. */
export interface Codes {
  width: number;
  height: number;
  bits: 8 | 10;
  y: Uint16Array;
  u: Uint16Array;
  v: Uint16Array;
}

export function createCodes({ width, height }: Raster, bits: 8 | 10): Codes {
  const chroma = (width / 2) * height;
  return {
    width,
    height,
    bits,
    y: new Uint16Array(width * height),
    u: new Uint16Array(chroma),
    v: new Uint16Array(chroma),
  };
}

export function copyCodes(from: Codes, into: Codes): void {
  into.y.set(from.y);
  into.u.set(from.u);
  into.v.set(from.v);
}

/** Rounds the signal to codes; those that SDI keeps for its timing (0-3, 1020-1023) never come out of a converter. */
export function convert(canvas: Canvas, into: Codes): void {
  const shift = into.bits === 10 ? 1 : 0.25;
  const least = into.bits === 10 ? 4 : 1;
  const most = into.bits === 10 ? 1019 : 254;
  round(canvas.y, into.y, shift, least, most);
  round(canvas.u, into.u, shift, least, most);
  round(canvas.v, into.v, shift, least, most);
}

function round(from: Float32Array, into: Uint16Array, scale: number, least: number, most: number): void {
  for (let at = 0; at < from.length; at++) {
    const code = ((from[at] as number) * scale + 0.5) | 0;
    into[at] = code < least ? least : Math.min(code, most);
  }
}

/** Lines of one field: 0 is the upper one. The earlier field of a standard comes from `firstParity`. */
export function firstParity(standard: Standard): 0 | 1 {
  return standard.fieldOrder === 'tff' ? 0 : 1;
}
