/**
 * v210: 10 bit 4:2:2 packed, six pixels in four little-endian 32-bit words (16 bytes), lines padded to a multiple of
 * 48 pixels (128 bytes). This is what a DeckLink card delivers. Source: Apple QuickTime ice floe 19, `v210`.
 */

export const groupPixels = 6;
export const groupBytes = 16;

/** A picture in planes: 10-bit samples, chroma at half the width. */
export interface PlanarPicture {
  width: number;
  height: number;
  y: Uint16Array;
  cb: Uint16Array;
  cr: Uint16Array;
}

/** Bytes of one v210 line, padding included. */
export function v210Stride(width: number): number {
  return Math.ceil(width / 48) * 128;
}

/** Bytes of one v210 picture. */
export function v210SizeBytes(width: number, height: number): number {
  return v210Stride(width) * height;
}

/** An empty picture (all zero, which is not a legal level: fill it). Width must be even. */
export function planarPicture(width: number, height: number): PlanarPicture {
  const chroma = (width / 2) * height;
  return {
    width,
    height,
    y: new Uint16Array(width * height),
    cb: new Uint16Array(chroma),
    cr: new Uint16Array(chroma),
  };
}

/** Packs a picture. Pixels beyond the width of the last group are zero, as cards pad them. */
export function packV210(picture: PlanarPicture): Uint8Array {
  const { width, height, y, cb, cr } = picture;
  const stride = v210Stride(width);
  const words = new Uint32Array((stride / 4) * height);
  const chromaWidth = width / 2;
  for (let line = 0; line < height; line++) {
    const yStart = line * width;
    const cStart = line * chromaWidth;
    let word = (line * stride) / 4;
    for (let x = 0; x < width; x += groupPixels) {
      const luma = (offset: number) => (x + offset < width ? (y[yStart + x + offset] as number) : 0);
      const at = cStart + x / 2;
      const has = (pair: number) => x / 2 + pair < chromaWidth;
      const blue = (pair: number) => (has(pair) ? (cb[at + pair] as number) : 0);
      const red = (pair: number) => (has(pair) ? (cr[at + pair] as number) : 0);
      words[word++] = blue(0) | (luma(0) << 10) | (red(0) << 20);
      words[word++] = luma(1) | (blue(1) << 10) | (luma(2) << 20);
      words[word++] = red(1) | (luma(3) << 10) | (blue(2) << 20);
      words[word++] = luma(4) | (red(2) << 10) | (luma(5) << 20);
    }
  }
  return new Uint8Array(words.buffer);
}

/** Unpacks a v210 picture of this raster. Throws RangeError when the bytes are too few. */
export function unpackV210(bytes: Uint8Array, width: number, height: number): PlanarPicture {
  const stride = v210Stride(width);
  if (bytes.byteLength < stride * height) throw new RangeError(`v210 picture of ${bytes.byteLength} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const picture = planarPicture(width, height);
  const chromaWidth = width / 2;
  for (let line = 0; line < height; line++) {
    for (let x = 0; x < width; x += groupPixels) {
      const at = line * stride + (x / groupPixels) * groupBytes;
      const samples: number[] = [];
      for (let word = 0; word < 4; word++) {
        const value = view.getUint32(at + word * 4, true);
        samples.push(value & 1023, (value >>> 10) & 1023, (value >>> 20) & 1023);
      }
      // samples run Cb Y Cr Y, Cb Y Cr Y, ...
      for (let pixel = 0; pixel < groupPixels && x + pixel < width; pixel++) {
        picture.y[line * width + x + pixel] = samples[pixel * 2 + 1] as number;
        if (pixel % 2 === 0) {
          const chroma = line * chromaWidth + (x + pixel) / 2;
          picture.cb[chroma] = samples[pixel * 2] as number;
          picture.cr[chroma] = samples[pixel * 2 + 2] as number;
        }
      }
    }
  }
  return picture;
}

/** One group (16 bytes) of six luma samples over one flat chroma: for stamps and fault lines. */
export function v210Group(luma: readonly number[], cb = 512, cr = 512): Uint8Array {
  const picture = planarPicture(groupPixels, 1);
  picture.y.set(luma);
  picture.cb.fill(cb);
  picture.cr.fill(cr);
  return packV210(picture).slice(0, groupBytes);
}
