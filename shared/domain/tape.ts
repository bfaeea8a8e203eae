import { z } from 'zod';
import { tapeIdSchema } from './ids.ts';

/** Carrier formats by the archive's codes (https://data.hetarchief.be/id/carrier-type/), with the open-reel kinds we tell apart. */
export const carrierFormats = [
  'umatic',
  'umaticsp',
  'betacam',
  'betacamoxide',
  'betacamsp',
  'betacamsx',
  'digitalbetacam',
  'standardvhs',
  'vhs-c',
  's-vhs',
  's-vhs-c',
  'betamax',
  'video8',
  'hi8',
  'digital8',
  'dv',
  'dvcam34',
  'dvcpro25',
  'dvcpro50',
  'hdv',
  '1inchvideotape',
  'halfinchvideotape',
  'quarterinchvideotape',
  '2inchvideotape',
  'vcr',
  'video2000',
  'mii',
  'other',
] as const;

export const videoStandards = [
  'PAL',
  'NTSC',
  'SECAM',
  'MESECAM',
  'NTSC 4.43',
  'PAL-M',
  'PAL-N',
  'PAL-60',
  'unknown',
] as const;
export const generations = ['original', 'master', 'submaster', 'copy', 'unknown'] as const;
export const conditions = ['good', 'fair', 'poor', 'unplayable', 'unknown'] as const;

/** How far a tape has come. Each state is reached by an event of the log, never set by hand. */
export const tapeStates = [
  'registered',
  'captured',
  'sealed',
  /** Somebody has one of its passes on their desk, or has said something of it that is not the last word. */
  'in-review',
  /** Nobody accepts any of its passes: it is played again, or given up. */
  'rejected',
  'accepted',
  'packaged',
] as const;
export type TapeState = (typeof tapeStates)[number];

/** What the register is narrowed by: states, of which those captured of which every pass failed are told apart as `failed`. */
export const tapeStandings = [...tapeStates, 'failed'] as const;
export type TapeStanding = (typeof tapeStandings)[number];

/** What the verdicts on the passes that stand for a tape come to. */
export const tapeReviews = ['in-review', 'rejected', 'capture-again', 'accepted'] as const;
export type TapeReview = (typeof tapeReviews)[number];

const line = z.string().trim().max(500);

const endsInDot = /\.$/;
/** Also with an ending (learn.microsoft.com/windows/win32/fileio/naming-a-file). */
const windowsDevice = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;

/** What a person says of a tape when it comes in. Only the identifier and the format are required. */
export const tapeDescriptionSchema = z.object({
  identifier: z
    .string()
    .trim()
    .min(1, 'A tape needs an identifier.')
    .max(80)
    .regex(
      /^[\p{L}\p{N}][\p{L}\p{N} ._+-]*$/u,
      'An identifier begins with a letter or a figure and holds letters, figures, spaces, and . _ + - only: it names files.',
    )
    .refine(
      (identifier) => !endsInDot.test(identifier),
      'An identifier ends with a letter, a figure, _, + or -: Windows drops a dot at the end of a folder, so that two tapes could share one.',
    )
    .refine(
      (identifier) => !windowsDevice.test(identifier),
      'This identifier is the name of a device on Windows, where no folder can be called so: add something to it, as in CON-1.',
    ),
  format: z.enum(carrierFormats),
  title: line.default(''),
  artist: line.default(''),
  standard: z.enum(videoStandards).default('unknown'),
  /** Running time as claimed on the label, in minutes. */
  durationMin: z.number().positive().max(1440).optional(),
  generation: z.enum(generations).default('unknown'),
  condition: z.enum(conditions).default('unknown'),
  location: line.default(''),
  notes: z.string().max(10_000).default(''),
});

export type TapeDescription = z.infer<typeof tapeDescriptionSchema>;

export const tapeSchema = tapeDescriptionSchema.extend({
  id: tapeIdSchema,
  state: z.enum(tapeStates),
  /** Also of a packaged tape, which can be rejected later. Null: nobody has said anything. */
  review: z.enum(tapeReviews).nullable(),
  registeredAt: z.iso.datetime(),
  /** The latest event about this tape: type and time. */
  lastEventType: z.string(),
  lastEventAt: z.iso.datetime(),
  passCount: z.int(),
  /** It was recorded, and none of its passes could be proved: nothing of it is sealed or on its way there. */
  everyPassFailed: z.boolean(),
});

export type Tape = z.infer<typeof tapeSchema>;
