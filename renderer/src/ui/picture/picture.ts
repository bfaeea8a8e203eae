import type { PictureHeader, PicturePlanes } from '#shared/domain/picture-planes.ts';

/** A decoded picture: its samples as they are in its file, and what they are. */
export interface Picture {
  header: PictureHeader;
  planes: PicturePlanes;
  /** Chroma of two lines of a field in one line, as interlaced 4:2:0 has it. */
  interlacedChroma: boolean;
}

/** Code values of one sample. */
export interface CodeValues {
  y: number;
  u: number;
  v: number;
}

/**
 * The line of the chroma planes that belongs to a line of luma. In interlaced 4:2:0 the lines of each field share the chroma lines of
 * that field (ISO/IEC 13818-2, 6.1.1.8).
 */
export function chromaLineOf(line: number, header: PictureHeader, interlacedChroma: boolean): number {
  const { height, chromaHeight } = header;
  if (interlacedChroma && chromaHeight * 2 === height) return 2 * (line >> 2) + (line & 1);
  return Math.floor((line * chromaHeight) / height);
}

/**
 * Code values at a point of the picture in parts of its width and height; undefined outside it. With a parity, those of the line of that
 * field which is drawn there, as the shader draws each of them twice.
 */
export function codeValuesAt(
  picture: Picture,
  point: { x: number; y: number },
  parity?: 0 | 1,
): (CodeValues & { column: number; line: number }) | undefined {
  const { header, planes } = picture;
  const column = Math.floor(point.x * header.width);
  const under = Math.floor(point.y * header.height);
  if (column < 0 || under < 0 || column >= header.width || under >= header.height) return undefined;
  const ofField = parity === undefined ? under : (under & ~1) + parity;
  const line = ofField < header.height ? ofField : ofField - 2;
  const chroma =
    chromaLineOf(line, header, picture.interlacedChroma) * header.chromaWidth +
    Math.floor((column * header.chromaWidth) / header.width);
  return {
    column,
    line,
    y: planes.y[line * header.width + column] ?? 0,
    u: planes.u[chroma] ?? 0,
    v: planes.v[chroma] ?? 0,
  };
}

/** What a picture's codes mean: black and white of luma, the middle of chroma, and its span. */
export interface CodeLevels {
  black: number;
  white: number;
  middle: number;
  span: number;
}

/** Levels of the codes: ITU-R BT.601-7 and BT.709-6 for the limited range, all codes for the full one. */
export function codeLevels({ bitDepth, range }: Pick<PictureHeader, 'bitDepth' | 'range'>): CodeLevels {
  const unit = 2 ** (bitDepth - 8);
  if (range === 'full') {
    const top = 2 ** bitDepth - 1;
    return { black: 0, white: top, middle: 128 * unit, span: top };
  }
  return { black: 16 * unit, white: 235 * unit, middle: 128 * unit, span: 224 * unit };
}

/** Shares of red and blue in luma: ITU-R BT.601-7 and BT.709-6. */
export const lumaShares = {
  bt601: { red: 0.299, blue: 0.114 },
  bt709: { red: 0.2126, blue: 0.0722 },
} as const;
