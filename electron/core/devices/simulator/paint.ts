import type { PlanarPicture } from './v210.ts';

/** R'G'B' of 0 to 1 as 10-bit Y'CbCr, ITU-R BT.601. */
export function bt601(red: number, green: number, blue: number): [number, number, number] {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  return [
    Math.round(64 + 876 * luma),
    Math.round(512 + (896 * (blue - luma)) / 1.772),
    Math.round(512 + (896 * (red - luma)) / 1.402),
  ];
}

/** Sets two pixels that share their chroma. */
export function setPair(picture: PlanarPicture, x: number, line: number, colour: readonly number[]): void {
  const [luma, cb, cr] = colour as [number, number, number];
  const at = line * picture.width + x;
  picture.y[at] = luma;
  picture.y[at + 1] = luma;
  picture.cb[at >> 1] = cb;
  picture.cr[at >> 1] = cr;
}

/** Fills a picture with one colour. */
export function fill(picture: PlanarPicture, colour: readonly [number, number, number]): void {
  picture.y.fill(colour[0]);
  picture.cb.fill(colour[1]);
  picture.cr.fill(colour[2]);
}
