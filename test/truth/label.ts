import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** 1 is just visible or audible to somebody who looks for it, 3 is what nobody misses. */
export type Strength = 1 | 2 | 3;

const truthEventSchema = z.strictObject({
  check: z.string(),
  /** Frames count from 0; both ends inclusive. */
  startFrame: z.int().nonnegative(),
  endFrame: z.int().nonnegative(),
  strength: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** Audio channels concerned, counted from 1. */
  channels: z.array(z.int().positive()).optional(),
});
export type TruthEvent = z.infer<typeof truthEventSchema>;

/** What a made tape holds, in a JSON file beside it. */
const labelSchema = z.strictObject({
  file: z.string(),
  generator: z.string(),
  seed: z.int(),
  system: z.enum(['PAL', 'NTSC']),
  bits: z.union([z.literal(8), z.literal(10)]),
  /** Of a picture that is not the whole raster: there only because sound comes with one. */
  size: z.string().optional(),
  frames: z.int().positive(),
  /** Whoever has the tape in hand knows its format, and chooses this profile; where nobody knows it: the one for all. */
  profile: z.string().optional(),
  kind: z.enum(['fault', 'clean', 'hard-negative']),
  /** Pictures, tape format and sound, in a few words: for whoever looks at a miss. */
  material: z.string(),
  /** What must be found. */
  events: z.array(truthEventSchema),
  /** What is true as well, so that finding it is no error, and not finding it none either. */
  alsoTrue: z.array(truthEventSchema),
});
export type Label = z.infer<typeof labelSchema>;

/** Reads the label beside a tape. Throws where it is not one. */
export function readLabel(path: string): Label {
  return labelSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
