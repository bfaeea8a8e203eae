import type { PictureInstrumentKind } from './instrument.ts';

/** ffmpeg's cropdetect: a line of the frame is black as long as its mean is not above this, on the scale of eight bits. */
const blackCode = 24;

/**
 * The first and last column and line of the frame that are not black: what ffmpeg's cropdetect says of a single frame. All
 * four are absent where everything is black. Next to nothing for a picture that fills the frame.
 */
export const pictureEdges: PictureInstrumentKind = {
  name: 'picture edges',
  measures: [
    { id: 'cropLeft', medium: 'video', unit: 'pixel', key: 'lavfi.cropdetect.x1' },
    { id: 'cropRight', medium: 'video', unit: 'pixel', key: 'lavfi.cropdetect.x2' },
    { id: 'cropTop', medium: 'video', unit: 'line', key: 'lavfi.cropdetect.y1' },
    { id: 'cropBottom', medium: 'video', unit: 'line', key: 'lavfi.cropdetect.y2' },
  ],
  open({ width, height, bitDepth }) {
    const limit = blackCode * 2 ** (bitDepth - 8);
    const isBlack = (luma: Uint16Array, first: number, step: number, count: number): boolean => {
      let sum = 0;
      for (let at = first, left = count; left > 0; left--, at += step) sum += luma[at] as number;
      return sum <= limit * count;
    };
    return {
      measure({ y }, _previous, into, at) {
        let [left, right, top, bottom] = [0, width - 1, 0, height - 1];
        while (top < height && isBlack(y, top * width, 1, width)) top += 1;
        if (top === height) return void into.fill(Number.NaN, at, at + 4);
        while (isBlack(y, bottom * width, 1, width)) bottom -= 1;
        // A line that is not black has a column that is not, unless the line is so short that its mean hides it.
        while (left < right && isBlack(y, left, width, height)) left += 1;
        while (right > left && isBlack(y, right, width, height)) right -= 1;
        into[at] = left;
        into[at + 1] = right;
        into[at + 2] = top;
        into[at + 3] = bottom;
      },
    };
  },
};
