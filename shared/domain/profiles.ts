import { z } from 'zod';
import { rationalSchema } from './formats.ts';
import { carrierFormats } from './tape.ts';

const colour = z.object({
  primaries: z.string(),
  transfer: z.string(),
  matrix: z.string(),
  range: z.enum(['tv', 'pc']),
});

/** Sample aspect ratios of one standard, by the picture's shape. */
const pixelShapes = z.object({ '4:3': rationalSchema, '16:9': rationalSchema });

/**
 * How a master is written, and the access copy beside it. Data in resources/profiles/master/, one file a profile;
 * the numbers come from the field's practice, each named in `sources`.
 */
export const masterProfileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  description: z.string(),
  master: z.strictObject({
    pixelFormat: z.enum(['yuv422p10le', 'yuv422p']),
    /** Slices of an SD picture (720 x 576 or 486) and of an HD picture. */
    slices: z.strictObject({ sd: z.int().positive(), hd: z.int().positive() }),
    /** One Matroska track per stereo pair, or one per channel. */
    audioTracks: z.enum(['pairs', 'channels']),
    aspect: z.enum(['4:3', '16:9']),
    pixelShapes: z.strictObject({ PAL: pixelShapes, NTSC: pixelShapes }),
    colour: z.strictObject({ PAL: colour, NTSC: colour, HD: colour }),
    /** DV, HDV and DVCPRO stay as they are; true makes an FFV1 beside them too. */
    ffv1BesideNative: z.boolean(),
  }),
  access: z.strictObject({
    videoCodec: z.literal('libx264'),
    crf: z.number().min(0).max(40),
    preset: z.enum(['ultrafast', 'veryfast', 'faster', 'fast', 'medium', 'slow']),
    audioBitrateKbps: z.int().positive(),
    /** Lines of NTSC 486 that are cut so that 480 remain: from the top, as players expect. */
    ntscCropTopLines: z.int().nonnegative(),
  }),
  qcProfileId: z.string(),
  sources: z.array(z.string()),
});
export type MasterProfile = z.infer<typeof masterProfileSchema>;

/** Something said of a kind of tape, with where it is known from. `Own:` before what nobody has published. */
const sourced = z.strictObject({ what: z.string(), source: z.string() });

/** What a profile says of one check. */
const checkSettings = z
  .strictObject({
    enabled: z.boolean().default(true),
    /** What it finds is normal here: no event of it counts for more than this. */
    severityAtMost: z.enum(['info', 'warn']).optional(),
    because: sourced.optional(),
    /** The reason is one of these channels and no others, counted from 1. */
    onlyChannels: z.array(z.int().positive()).min(1).optional(),
    /** The reason is one of some channels: of what all channels have at once it is none, and nothing is capped. */
    notOfAllChannels: z.literal(true).optional(),
    limits: z
      .record(z.string(), z.strictObject({ value: z.number(), unit: z.string(), source: z.string() }))
      .default({}),
  })
  .refine(
    ({ enabled, severityAtMost, because }) =>
      (enabled && severityAtMost === undefined) || because !== undefined,
    'What is switched off or capped says why.',
  );

/**
 * What is normal for a kind of tape: limits for the checks where they are not the checks' own; each number says where it
 * comes from. Data in resources/profiles/qc/.
 */
export const qcProfileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  description: z.string(),
  /** Tapes that it is chosen for by itself; absent: the general one, for all others. */
  formats: z.array(z.enum(carrierFormats)).optional(),
  /** What whoever looks at such a tape should expect, in words. */
  normal: z.array(sourced).optional(),
  checks: z.record(z.string(), checkSettings),
});
export type QcProfile = z.infer<typeof qcProfileSchema>;

/** What every archive profile has in common; the profile's code says the rest. Data in resources/profiles/archive/. */
export const archiveProfileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  description: z.string(),
  sourceOrganization: z.string(),
  contactEmail: z.string(),
});
export type ArchiveProfile = z.infer<typeof archiveProfileSchema>;
