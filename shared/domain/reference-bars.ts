import type { PictureHeader, PicturePlanes } from './picture-planes.ts';

/** The reference patterns: colour bars over the whole field, named as ITU-R BT.471 does: white/black/greatest/least of the colours, in %. */
export const referenceBars = ['100/0/75/0', '100/0/100/0', '75/0/75/0'] as const;
export type ReferenceBars = (typeof referenceBars)[number];

type Code = readonly [y: number, cb: number, cr: number];

/**
 * Codes of ten bits, white to black, left to right. They follow from ITU-R BT.601-7, 3.5: Y = 64 + 876 E'y, Cb = 512 + 896 (E'b - E'y) / 1.772,
 * Cr = 512 + 896 (E'r - E'y) / 1.402. 100/0/75/0 are the bars of the EBU (EBU Tech 3097, ITU-R BT.471), 75/0/75/0 those at the top of SMPTE EG 1.
 */
const colours75: readonly Code[] = [
  [646, 176, 567],
  [525, 625, 176],
  [450, 289, 231],
  [335, 735, 793],
  [260, 399, 848],
  [139, 848, 457],
];
const colours100: readonly Code[] = [
  [840, 64, 585],
  [678, 663, 64],
  [578, 215, 137],
  [426, 809, 887],
  [326, 361, 960],
  [164, 960, 439],
];
const white100: Code = [940, 512, 512];
const white75: Code = [721, 512, 512];
const black: Code = [64, 512, 512];

export const barCodes: Record<ReferenceBars, readonly Code[]> = {
  '100/0/75/0': [white100, ...colours75, black],
  '100/0/100/0': [white100, ...colours100, black],
  '75/0/75/0': [white75, ...colours75, black],
};

/** A picture of the bars in a raster: eight equal bars in ten bits and 4:2:2, their edges on whole chroma samples. */
export function barsPicture(
  pattern: ReferenceBars,
  { width, height }: { width: number; height: number },
): { header: PictureHeader; planes: PicturePlanes } {
  const chromaWidth = Math.ceil(width / 2);
  const lineY = new Uint16Array(width);
  const lineU = new Uint16Array(chromaWidth);
  const lineV = new Uint16Array(chromaWidth);
  const codes = barCodes[pattern];
  for (let column = 0; column < chromaWidth; column++) {
    const [y, cb, cr] = codes[Math.floor((column * codes.length) / chromaWidth)] ?? black;
    lineY.fill(y, 2 * column, 2 * column + 2);
    lineU[column] = cb;
    lineV[column] = cr;
  }
  return {
    header: {
      frame: 0,
      frames: 1,
      width,
      height,
      chromaWidth,
      chromaHeight: height,
      bitDepth: 10,
      range: 'limited',
      matrix: 'bt601',
      damaged: false,
    },
    planes: { y: repeated(lineY, height), u: repeated(lineU, height), v: repeated(lineV, height) },
  };
}

function repeated(line: Uint16Array, times: number): Uint16Array {
  const plane = new Uint16Array(line.length * times);
  for (let at = 0; at < times; at++) plane.set(line, at * line.length);
  return plane;
}
