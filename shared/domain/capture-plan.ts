import { z } from 'zod';
import { certificateIdSchema, passIdSchema } from './ids.ts';

/** `HH:MM:SS:FF`, or `HH:MM:SS;FF` for drop-frame counting. */
export const timecodeTextSchema = z.string().regex(/^\d{2}:[0-5]\d:[0-5]\d[:;]\d{2}$/);

/** How many seconds of tape may go by before a start condition comes true; then the recording ends as `start-not-seen`. */
const waitS = z.number().positive().optional();
/** What is set where the operator sets no limit: longer than the run-up of any tape, shorter than a shift. */
export const usualWaitS = 1_800;

/**
 * When the programme of a pass begins. The recorder runs from the operator's word on, so that nothing of the run-up can be
 * missed; a condition names the frame that counts as the start, and what is counted (a duration) counts from there.
 */
export const startConditionSchema = z.discriminatedUnion('on', [
  z.object({ on: z.literal('operator') }),
  /** Picture that is no noise, no blue field and no black, for a second. */
  z.object({ on: z.literal('signal'), waitS }),
  z.object({ on: z.literal('timecode'), timecode: timecodeTextSchema, waitS }),
]);
export type StartCondition = z.infer<typeof startConditionSchema>;

/** What ends a recording by itself, beside the operator and the source. Each that is set is watched; the first one ends it. */
export const stopConditionsSchema = z.object({
  /** Seconds from the start condition on. */
  durationS: z.number().positive().optional(),
  /** The first frame that is not recorded any more as programme. */
  timecode: timecodeTextSchema.optional(),
  /** The card has had no signal for so many seconds; where it says nothing of it, flat pictures without sound, for 10 at least. */
  signalLostS: z.number().min(1).optional(),
  /** Noise, or a blue field or black with silence, for so many seconds and 10 at least: the tape has run out. */
  tapeEndS: z.number().min(1).optional(),
});
export type StopConditions = z.infer<typeof stopConditionsSchema>;

/** What an operator set before a pass, beside source and profile. */
export const capturePlanSchema = z.object({
  start: startConditionSchema,
  stop: stopConditionsSchema,
  /** The pass that this one is to do better than. */
  retakeOf: passIdSchema.optional(),
  /** The part of the tape that this pass holds, where one tape takes several passes: 1 for the first. */
  segment: z.int().positive().optional(),
  /** The station's self-test in force when the pass was armed. */
  certificateId: certificateIdSchema.optional(),
  /** What the budget said against this pass, where a technician insisted on it. */
  overruled: z.string().optional(),
});
export type CapturePlan = z.infer<typeof capturePlanSchema>;
