/** Squares of codes of more than twelve bits do not fit into whole numbers of 32 bits by the piece: deeper ones lose the rest. */
const deepest = 12;
/** Samples whose squared differences a whole number of 32 bits holds. */
const pieceSamples = 64;
const { imul } = Math;

/**
 * Mean square error of the two fields of a plane, line by line, as ffmpeg's psnr has it of its `field` filter. NaN where there are no
 * two lines. 0.1 ms for a plane of 360x576.
 */
export function createFieldError(
  width: number,
  height: number,
  bitDepth: number,
): (plane: Uint16Array) => number {
  const drop = Math.max(0, bitDepth - deepest);
  const lines = height >> 1;

  function lineError(plane: Uint16Array, first: number): number {
    let error = 0;
    for (let from = first; from < first + width; from += pieceSamples) {
      const to = Math.min(from + pieceSamples, first + width);
      let sum = 0;
      for (let at = from; at < to; at++) {
        const difference = ((plane[at] as number) >> drop) - ((plane[at + width] as number) >> drop);
        sum = (sum + imul(difference, difference)) | 0;
      }
      error += sum;
    }
    return error;
  }

  return (plane) => {
    let error = 0;
    for (let line = 0; line < lines; line++) error += lineError(plane, line * 2 * width);
    return (error * 4 ** drop) / (width * lines);
  };
}

/** Peak signal-to-noise ratio in dB of a mean square error; infinite where nothing differs. */
export function peakRatioDb(meanSquare: number, bitDepth: number): number {
  return 10 * Math.log10((2 ** bitDepth - 1) ** 2 / meanSquare);
}
