import type { Picture } from './instrument.ts';

/** How decoded pictures come out of ffmpeg: planes one after the other, rows without padding. */
export interface RawPicture {
  /** Planar YUV of the file's own depth: what ffmpeg is asked for. */
  pixelFormat: string;
  /** The file holds something else (packed, big-endian, RGB), and ffmpeg converts it. */
  isConverted: boolean;
  width: number;
  height: number;
  chromaWidth: number;
  chromaHeight: number;
  bitDepth: number;
  bytesPerSample: 1 | 2;
  pictureBytes: number;
}

/** Horizontal and vertical halvings of the chroma planes. */
const subsampling: Readonly<Record<string, readonly [number, number]>> = {
  '410': [2, 2],
  '411': [2, 0],
  '420': [1, 1],
  '422': [1, 0],
  '440': [0, 1],
  '444': [0, 0],
};

const planar = /^yuvj?(410|411|420|422|440|444)p(?:(9|10|12|14|16)le)?$/;

/** Formats that hold YUV in another order, and the planar one with the same samples. */
const sameSamples: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^yuva(420|422|444)p$/, ([, layout]) => `yuv${layout}p`],
  [/^yuva?(410|411|420|422|440|444)p(9|10|12|14|16)[bl]e$/, ([, layout, bits]) => `yuv${layout}p${bits}le`],
  [/^(?:uyvy422|yuyv422|yvyu422|nv16)$/, () => 'yuv422p'],
  [/^(?:nv12|nv21)$/, () => 'yuv420p'],
  [/^(?:nv24|nv42)$/, () => 'yuv444p'],
  [/^uyyvyy411$/, () => 'yuv411p'],
  [/^(?:y210[bl]e|nv20[bl]e)$/, () => 'yuv422p10le'],
  [/^y212[bl]e$/, () => 'yuv422p12le'],
  [
    /^p([024])(10|12|16)[bl]e$/,
    ([, rows, bits]) => `yuv4${rows === '0' ? '20' : rows === '2' ? '22' : '44'}p${bits}le`,
  ],
  [/^(?:gray|ya8|monow|monob)$/, () => 'yuv422p'],
  [/^gray(9|10|12|14|16)[bl]e$/, ([, bits]) => `yuv422p${bits}le`],
];

/** The planar format in which ffmpeg is asked for pictures of `pixelFormat`, and its layout. Sizes may be odd. */
export function rawPictureOf(pixelFormat: string, width: number, height: number): RawPicture {
  const asked = planar.test(pixelFormat) ? pixelFormat : planarOf(pixelFormat);
  const [, layout = '', bits] = planar.exec(asked) ?? [];
  const [across, down] = subsampling[layout] ?? [0, 0];
  // ffmpeg rounds chroma planes up: 5 pixels at 4:2:2 have 3 chroma samples.
  const chromaWidth = -(-width >> across);
  const chromaHeight = -(-height >> down);
  const bitDepth = bits === undefined ? 8 : Number(bits);
  const bytesPerSample = bitDepth > 8 ? 2 : 1;
  return {
    pixelFormat: asked,
    isConverted: asked !== pixelFormat,
    ...{ width, height, chromaWidth, chromaHeight, bitDepth, bytesPerSample },
    pictureBytes: (width * height + 2 * chromaWidth * chromaHeight) * bytesPerSample,
  };
}

function planarOf(pixelFormat: string): string {
  for (const [form, planarName] of sameSamples) {
    const match = form.exec(pixelFormat);
    if (match) return planarName(match);
  }
  // RGB and palettes: the depth is that of one component.
  const depth = /p(9|10|12|14|16)[bl]e$/.exec(pixelFormat)?.[1];
  if (depth) return `yuv444p${depth}le`;
  if (/^x2(rgb|bgr)10/.test(pixelFormat)) return 'yuv444p10le';
  return /(48|64)[bl]e$/.test(pixelFormat) ? 'yuv444p16le' : 'yuv444p';
}

/** Planes for one picture. */
export function createPicture(raw: RawPicture): Picture {
  const chroma = raw.chromaWidth * raw.chromaHeight;
  return {
    y: new Uint16Array(raw.width * raw.height),
    u: new Uint16Array(chroma),
    v: new Uint16Array(chroma),
  };
}

/** Puts the bytes of one whole picture into planes; samples of eight bits get sixteen. `bytes` begins at an even place. */
export function unpackPicture(bytes: Uint8Array, raw: RawPicture, into: Picture): void {
  const samples =
    raw.bytesPerSample === 1 ? bytes : new Uint16Array(bytes.buffer, bytes.byteOffset, raw.pictureBytes / 2);
  const luma = into.y.length;
  const chroma = into.u.length;
  into.y.set(samples.subarray(0, luma));
  into.u.set(samples.subarray(luma, luma + chroma));
  into.v.set(samples.subarray(luma + chroma, luma + 2 * chroma));
}
