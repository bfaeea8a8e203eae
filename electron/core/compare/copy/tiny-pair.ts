/** Samples of a thumbnail that stands for a whole picture; chroma has half of them each way. */
export const tiny = { width: 64, height: 48 } as const;
const [chromaWidth, chromaHeight] = [tiny.width / 2, tiny.height / 2];
const lumaSize = tiny.width * tiny.height;
const chromaSize = chromaWidth * chromaHeight;
/** Two thumbnails side by side in 4:2:0, eight bits: what was expected on the left, what the copy has on the right. */
export const pairBytes = 2 * (lumaSize + 2 * chromaSize);

/** One side of a pair. */
export interface TinyPicture {
  y: Uint8Array;
  u: Uint8Array;
  v: Uint8Array;
}

export function emptyTiny(): TinyPicture {
  return { y: new Uint8Array(lumaSize), u: new Uint8Array(chromaSize), v: new Uint8Array(chromaSize) };
}

/** Takes a pair apart, into pictures that are used again. */
export function splitPair(pair: Uint8Array, expected: TinyPicture, copy: TinyPicture): void {
  let at = 0;
  for (const [left, right, width, height] of [
    [expected.y, copy.y, tiny.width, tiny.height],
    [expected.u, copy.u, chromaWidth, chromaHeight],
    [expected.v, copy.v, chromaWidth, chromaHeight],
  ] as const) {
    for (let row = 0; row < height; row++) {
      left.set(pair.subarray(at, at + width), row * width);
      right.set(pair.subarray(at + width, at + 2 * width), row * width);
      at += 2 * width;
    }
  }
}
