import { z } from 'zod';
import { certificateIdSchema } from './ids.ts';
import { sealCheckSchema } from './pass.ts';

/** One figure of a self-test: what was measured, in which unit, and the limits that were held to it. */
export const certificateFigureSchema = z.object({
  /** Stable name, so that certificates can be held against each other: `luma-white`, `noise-y`, `audio-offset`. */
  id: z.string(),
  value: z.number(),
  unit: z.string(),
  least: z.number().optional(),
  most: z.number().optional(),
  /** Where the limits come from. */
  source: z.string(),
});
export type CertificateFigure = z.infer<typeof certificateFigureSchema>;

/** A dated self-test of the whole chain: bars and tone in, a sealed master out, and what they came back as. */
export const certificateSchema = z.object({
  id: certificateIdSchema,
  testedAt: z.iso.datetime(),
  ok: z.boolean(),
  sourceId: z.string(),
  profileId: z.string(),
  chainName: z.string(),
  frames: z.int().nonnegative(),
  droppedFrames: z.int().nonnegative(),
  figures: z.array(certificateFigureSchema),
  /** The seal's checks of the test recording, and one for each figure with limits. */
  checks: z.array(sealCheckSchema),
});
export type Certificate = z.infer<typeof certificateSchema>;
