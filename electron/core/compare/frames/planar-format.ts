import type { PictureHeader } from '#shared/domain/picture-planes.ts';

/** How a decoded picture is handed out: its samples as they are, each kind in a plane of its own. */
export interface PlanarFormat {
  /** ffmpeg's name. */
  pixelFormat: string;
  bitDepth: number;
  /** Pixels that share one sample of chroma, across and down. */
  chromaSteps: readonly [across: number, down: number];
}

const steps: Record<string, readonly [number, number]> = {
  '420': [2, 2],
  '411': [4, 1],
  '422': [2, 1],
  '440': [1, 2],
  '444': [1, 1],
};
/** Formats that only pack the same samples in another order. */
const unpacked: Record<string, string> = {
  uyvy422: 'yuv422p',
  yuyv422: 'yuv422p',
  yvyu422: 'yuv422p',
  nv12: 'yuv420p',
  nv16: 'yuv422p',
  y210le: 'yuv422p10le',
};

/**
 * The planar format that holds the samples of this one unchanged; undefined where there is none (RGB, alpha): converting would
 * show values that are not in the file.
 */
export function planarFormatOf(pixelFormat: string): PlanarFormat | undefined {
  const planar = unpacked[pixelFormat] ?? pixelFormat;
  const [, chroma = '', depth = '8'] = /^yuvj?(4\d\d)p(?:(9|10|12|14|16)le)?$/.exec(planar) ?? [];
  const chromaSteps = steps[chroma];
  return chromaSteps && { pixelFormat: planar, bitDepth: Number(depth), chromaSteps };
}

/** Sizes of the chroma planes of a picture. */
export function chromaSize(
  { chromaSteps: [across, down] }: PlanarFormat,
  { width, height }: Pick<PictureHeader, 'width' | 'height'>,
): Pick<PictureHeader, 'chromaWidth' | 'chromaHeight'> {
  return { chromaWidth: Math.ceil(width / across), chromaHeight: Math.ceil(height / down) };
}
