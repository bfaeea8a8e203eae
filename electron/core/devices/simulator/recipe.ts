import { z } from 'zod';
import { narrowestVitcLine } from '#core/essence/vitc-line.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { parseTimecode } from '#shared/domain/timecode.ts';
import { cardFaultSchema, wrongCardFaults } from './card-faults.ts';
import { smallestRaster } from './frame-number.ts';
import { standards } from './standard.ts';

const evenPixels = (least: number) => z.int().min(least).max(1920).multipleOf(2);

const place = {
  /** Tape frame at which the fault starts; give this or `atSeconds`. */
  atFrame: z.int().min(0).optional(),
  atSeconds: z.number().min(0).optional(),
  /** How many frames it lasts. */
  frames: z.int().min(1),
  /** 0 is hardly there, 1 is as bad as it gets. */
  strength: z.number().min(0).max(1).default(0.5),
};
/** Channel that suffers, from 1; all of them when left out (phase inversion: the second of each pair). */
const channel = z.int().min(1).max(8).optional();

const faultSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('dropout'), ...place }),
    z.strictObject({ kind: z.literal('head-clog'), ...place }),
    z.strictObject({ kind: z.literal('tracking'), ...place }),
    z.strictObject({ kind: z.literal('freeze'), ...place }),
    z.strictObject({ kind: z.literal('silence'), ...place, channel }),
    z.strictObject({ kind: z.literal('phase-inversion'), ...place, channel }),
    z.strictObject({ kind: z.literal('clipping'), ...place, channel }),
    /** The fields of each frame in each other's place, as a wrong setting of the card gives them. */
    z.strictObject({ kind: z.literal('field-swap'), ...place }),
    z.strictObject({
      kind: z.literal('sound-late'),
      ...place,
      /** Milliseconds; below zero the sound comes early. */
      delayMs: z.int().min(-1000).max(1000).default(80),
    }),
    z.strictObject({
      kind: z.literal('signal-loss'),
      ...place,
      /** What the card shows when nothing arrives. */
      field: z.enum(['blue', 'black']).default('blue'),
    }),
    z.strictObject({
      kind: z.literal('timecode-break'),
      ...place,
      /** Frames by which the timecode jumps while the fault lasts; null: there is none. */
      jumpFrames: z.int().nullable().default(1000),
    }),
  ])
  .refine((fault) => (fault.atFrame === undefined) !== (fault.atSeconds === undefined), {
    message: 'give either atFrame or atSeconds',
  });

const segmentSchema = z.strictObject({
  /** `station-test` is the signal of the station's self-test: bars, a moving pillar, a clapper. */
  content: z.enum(['bars', 'scene', 'black', 'noise', 'station-test']),
  seconds: z.number().positive().max(36_000),
  /** Sound under it; by default tone under bars, programme under a scene, hiss under noise and black, line-up under the test. */
  sound: z.enum(['tone', 'programme', 'hiss', 'silence', 'line-up']).optional(),
  /** A whole number, so that the tone joins up with itself every second. */
  toneHz: z.int().min(20).max(20_000).default(1000),
  /** Peak of the sine against full scale. EBU R 68 aligns at -18. */
  toneDbfs: z.number().min(-120).max(0).default(-18),
});

/** What is on a simulated tape and how the card that plays it behaves. */
export const recipeSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use lower-case letters, digits and hyphens'),
    description: z.string().min(1),
    /** The same seed gives the same tape, to the bit. */
    seed: z.int().min(0).max(0xffffffff),
    standard: z.enum(['PAL', 'NTSC']),
    /** A smaller picture, for tests; the standard's own when left out. */
    raster: z
      .strictObject({ width: evenPixels(smallestRaster.width), height: evenPixels(smallestRaster.height) })
      .optional(),
    channels: z.int().min(2).max(8).default(2),
    /** `realtime` loses frames when the reader is late; `unpaced` waits for the reader and never loses one. */
    pace: z.enum(['realtime', 'unpaced']).default('realtime'),
    /** Times real time, for `realtime`. */
    speed: z.number().positive().max(100).default(1),
    /** Whether a paced frame takes the room of a full one on its way (frame-writer.ts). Without it several tapes cost a machine less. */
    padded: z.boolean().default(true),
    /** Frames the card can hold while the reader is late. */
    queueFrames: z.int().min(1).max(10_000).default(50),
    /** Timecode of the first frame; with `;` in front of the frames, NTSC counts drop-frame. */
    timecodeStart: z
      .string()
      .regex(/^\d\d:\d\d:\d\d[:;]\d\d$/, 'write it as HH:MM:SS:FF, or HH:MM:SS;FF for drop-frame')
      .default('10:00:00:00'),
    /** Who gives the timecode: the card, for each frame; the picture's first lines (VITC); both, or nobody. */
    timecode: z.enum(['card', 'vitc', 'both', 'none']).default('card'),
    /** The eight binary groups of the VITC, as hexadecimal digits. */
    userBits: z
      .string()
      .regex(/^[0-9a-f]{8}$/, 'write eight hexadecimal digits')
      .default('00000000'),
    segments: z.array(segmentSchema).min(1),
    faults: z.array(faultSchema).default([]),
    /** What the card does wrong, as against the tape (card-faults.ts). */
    cardFaults: z.array(cardFaultSchema).default([]),
  })
  .superRefine((recipe, context) => {
    const seconds = recipe.segments.reduce((sum, segment) => sum + segment.seconds, 0);
    const { frameRate } = standards[recipe.standard];
    if (parseTimecode(recipe.timecodeStart, frameRate) === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['timecodeStart'],
        message: `there is no such time in ${recipe.standard}`,
      });
    }
    const width = recipe.raster?.width ?? standards[recipe.standard].width;
    if (['vitc', 'both'].includes(recipe.timecode) && width < narrowestVitcLine) {
      const message = `VITC needs a picture of ${narrowestVitcLine} pixels or more`;
      context.addIssue({ code: 'custom', path: ['timecode'], message });
    }
    const totalFrames = Math.round((seconds * frameRate.num) / frameRate.den);
    for (const { index, message } of wrongCardFaults(recipe, totalFrames)) {
      context.addIssue({ code: 'custom', path: ['cardFaults', index], message });
    }
    for (const [index, fault] of recipe.faults.entries()) {
      const start = fault.atSeconds ?? ((fault.atFrame ?? 0) * frameRate.den) / frameRate.num;
      if (start >= seconds) {
        context.addIssue({
          code: 'custom',
          path: ['faults', index],
          message: `starts at ${start} s, after the end of the tape (${seconds} s)`,
        });
      }
      if ('channel' in fault && fault.channel !== undefined && fault.channel > recipe.channels) {
        context.addIssue({
          code: 'custom',
          path: ['faults', index, 'channel'],
          message: `the tape has ${recipe.channels} channels`,
        });
      }
    }
  });

export type Recipe = z.infer<typeof recipeSchema>;
/** A recipe as it is written, before defaults are filled in. */
export type RecipeInput = z.input<typeof recipeSchema>;
export type Segment = Recipe['segments'][number];
export type Fault = Recipe['faults'][number];
export type FaultKind = Fault['kind'];

/** Reads a recipe from JSON text. Throws HelicalError INVALID_INPUT that names every wrong place. */
export function parseRecipe(text: string, where: string): Recipe {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HelicalError(
      'INVALID_INPUT',
      { problem: `The recipe ${where} is not JSON: ${(error as Error).message}.` },
      { cause: error },
    );
  }
  const result = recipeSchema.safeParse(value);
  if (result.success) return result.data;
  const places = result.error.issues.map(
    (issue) => `${issue.path.map(String).join('.') || 'recipe'}: ${issue.message}`,
  );
  throw new HelicalError('INVALID_INPUT', {
    problem: `The recipe ${where} cannot be played. ${places.join('; ')}.`,
    remedy: 'Correct these places and try again.',
  });
}
