/** A frame of the recorded master in planes: 10-bit codes, chroma at half the width (4:2:2). */
export interface Picture {
  width: number;
  height: number;
  y: Uint16Array;
  cb: Uint16Array;
  cr: Uint16Array;
}

/** Bytes of one raw frame in `yuv422p10le`. */
export function pictureSizeBytes(width: number, height: number): number {
  return width * height * 4;
}

/** Reads one raw `yuv422p10le` frame. Throws RangeError when the bytes are too few or the width is odd. */
export function readPicture(bytes: Uint8Array, width: number, height: number): Picture {
  if (width % 2 !== 0) throw new RangeError(`no 4:2:2 picture has a width of ${width}`);
  if (bytes.byteLength < pictureSizeBytes(width, height)) {
    throw new RangeError(`a picture of ${bytes.byteLength} bytes`);
  }
  // A copy, so that the codes are aligned whatever the bytes were cut from. (A Buffer's own `slice` would be no copy.)
  const codes = new Uint16Array(new Uint8Array(bytes.subarray(0, pictureSizeBytes(width, height))).buffer);
  const luma = width * height;
  return {
    width,
    height,
    y: codes.subarray(0, luma),
    cb: codes.subarray(luma, luma * 1.5),
    cr: codes.subarray(luma * 1.5, luma * 2),
  };
}

/** A rectangle in parts of the picture's width and height. */
export interface Patch {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Calls `visit` with every luma and, at even pixels, every chroma index inside a patch. */
export function eachPixel(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  patch: Patch,
  visit: (luma: number, chroma: number, x: number, line: number) => void,
): void {
  const firstX = Math.ceil((patch.left * width) / 2) * 2;
  const endX = Math.floor(patch.right * width);
  const endLine = Math.floor(patch.bottom * height);
  for (let line = Math.ceil(patch.top * height); line < endLine; line++) {
    for (let x = firstX; x + 1 < endX; x += 2) visit(line * width + x, (line * width + x) >> 1, x, line);
  }
}
