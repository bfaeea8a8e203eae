import { z } from 'zod';

/** Which of a pass's files a picture is taken from. */
export const pictureRoles = ['master', 'access'] as const;
export type PictureRole = (typeof pictureRoles)[number];

/** Name of the header that describes a picture's planes, as JSON. */
export const pictureHeaderName = 'x-helical-picture';

/** What the bytes of a picture are. The planes lie one after another: Y, Cb (U), Cr (V), each line by line without gaps. */
export const pictureHeaderSchema = z.object({
  /** Counted from 0 in its file. */
  frame: z.int().nonnegative(),
  /** Frames of that file. */
  frames: z.int().positive(),
  /** Samples of luma, of both fields together. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Samples of each chroma plane. */
  chromaWidth: z.int().positive(),
  chromaHeight: z.int().positive(),
  /** Above 8 each sample has two bytes, the lower one first. */
  bitDepth: z.int().min(8).max(16),
  /** ITU-R BT.601/709 code ranges, or all codes. */
  range: z.enum(['limited', 'full']),
  matrix: z.enum(['bt601', 'bt709']),
  /** The decoder complained: part of the picture is not what was recorded. */
  damaged: z.boolean(),
});
export type PictureHeader = z.infer<typeof pictureHeaderSchema>;

/** Samples of a picture as they are in the file, unscaled. */
export type Plane = Uint8Array | Uint16Array;
export interface PicturePlanes {
  y: Plane;
  u: Plane;
  v: Plane;
}

type PlaneSizes = Pick<PictureHeader, 'width' | 'height' | 'chromaWidth' | 'chromaHeight' | 'bitDepth'>;

/** Bytes of all planes together. */
export function pictureBytes({ width, height, chromaWidth, chromaHeight, bitDepth }: PlaneSizes): number {
  return (width * height + 2 * chromaWidth * chromaHeight) * (bitDepth > 8 ? 2 : 1);
}

/**
 * The planes of a picture as views on its bytes: nothing is copied. Samples of two bytes are read as the machine has them: every
 * machine that runs Helical has the lower byte first.
 * Throws RangeError where the bytes are not as many as the header says.
 */
export function planesOf(header: PlaneSizes, bytes: ArrayBuffer): PicturePlanes {
  const expected = pictureBytes(header);
  if (bytes.byteLength !== expected) {
    throw new RangeError(`a picture of ${expected} bytes came as ${bytes.byteLength}`);
  }
  const luma = header.width * header.height;
  const chroma = header.chromaWidth * header.chromaHeight;
  const samples = header.bitDepth > 8 ? new Uint16Array(bytes) : new Uint8Array(bytes);
  return {
    y: samples.subarray(0, luma),
    u: samples.subarray(luma, luma + chroma),
    v: samples.subarray(luma + chroma),
  };
}
