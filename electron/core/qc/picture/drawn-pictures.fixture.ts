import type { DecodedPictures } from './decoded-pictures.fixture.ts';
import type { Picture, PictureRaster } from './instrument.ts';

/** Codes of a scene, on the 10-bit scale, at a place and a time counted in fields. */
export interface Scene {
  luma(column: number, row: number, field: number): number;
  chroma?(column: number, row: number, field: number): readonly [u: number, v: number];
}

export interface Drawing {
  frames?: number;
  width?: number;
  height?: number;
  bitDepth?: number;
  fieldOrder?: PictureRaster['fieldOrder'];
  /** Standard deviation, on the 10-bit scale: new for every picture, as a tape's. */
  noiseCodes?: number;
}

/** A scene as a camera and a tape give it: fields one after the other, noise on top. Always the same for the same drawing. */
export function drawPictures(
  { luma, chroma = () => [512, 512] }: Scene,
  { frames = 4, width = 192, height = 144, bitDepth = 10, fieldOrder = 'tff', noiseCodes = 0 }: Drawing = {},
): DecodedPictures {
  const noise = createNoise();
  const [scale, last] = [2 ** (bitDepth - 10), 2 ** bitDepth - 1];
  const code = (value: number) =>
    Math.max(0, Math.min(last, Math.round((value + noiseCodes * noise()) * scale)));
  const pictures = Array.from({ length: frames }, (_, frame): Picture => {
    const picture = {
      y: new Uint16Array(width * height),
      u: new Uint16Array((width / 2) * height),
      v: new Uint16Array((width / 2) * height),
    };
    for (let row = 0; row < height; row++) {
      const isLate = fieldOrder !== 'progressive' && (row % 2 === 0) === (fieldOrder === 'bff');
      const field = 2 * frame + (isLate ? 1 : 0);
      for (let column = 0; column < width; column++) {
        picture.y[row * width + column] = code(luma(column, row, field));
        if (column % 2) continue;
        const [u, v] = chroma(column, row, field);
        picture.u[(row * width + column) / 2] = code(u);
        picture.v[(row * width + column) / 2] = code(v);
      }
    }
    return picture;
  });
  const raster: PictureRaster = {
    ...{ width, height, chromaWidth: width / 2, chromaHeight: height, bitDepth, fieldOrder },
    ...{ frameRate: { num: 25, den: 1 }, standard: 'PAL' },
  };
  return { raster, pictures };
}

/** Gaussian by the sum of twelve even numbers; a generator of 32 bits is random enough for noise. */
function createNoise(): () => number {
  let state = 20_010_517;
  return () => {
    let sum = -6;
    for (let draw = 0; draw < 12; draw++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      sum += state / 2 ** 32;
    }
    return sum;
  };
}
