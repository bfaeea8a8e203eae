import { z } from 'zod';

export const rationalSchema = z.object({ num: z.int(), den: z.int().positive() });

/** The picture as the source delivers it. */
export const videoFormatSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  frameRate: rationalSchema,
  fieldOrder: z.enum(['tff', 'bff', 'progressive']),
  /** ffmpeg's name of the decoded pixel format, e.g. `yuv422p10le`. */
  pixelFormat: z.string(),
  standard: z.enum(['PAL', 'NTSC', 'other']),
  /** What a file says of its own pixels and colour; absent, as with every card, the profile decides. */
  sampleAspect: rationalSchema.optional(),
  colour: z
    .object({ primaries: z.string(), transfer: z.string(), matrix: z.string(), range: z.enum(['tv', 'pc']) })
    .optional(),
});
export type VideoFormat = z.infer<typeof videoFormatSchema>;

/** The sound as the source delivers it. */
export const audioFormatSchema = z.object({
  /** All channels together. */
  channels: z.int().positive(),
  sampleRateHz: z.int().positive(),
  /** Channels of each stream where the source brings several; default: one stream with all channels. */
  streamChannels: z.array(z.int().positive()).readonly().optional(),
});
export type AudioFormat = z.infer<typeof audioFormatSchema>;

export const softwareSchema = z.object({ name: z.string(), version: z.string() });

export const digestsSchema = z.object({
  md5: z.string().regex(/^[0-9a-f]{32}$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sha512: z.string().regex(/^[0-9a-f]{128}$/),
});
