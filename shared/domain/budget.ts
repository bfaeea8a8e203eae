import { z } from 'zod';

/** What would let one more capture fit a machine. */
export const budgetHelps = [
  /** Wait until masters that are still being decoded are sealed. */
  'fewer-followers',
  /** A master profile with fewer slices: only where that was measured to be faster. */
  'fewer-slices',
  'another-disk',
  'more-room',
  'close-programs',
] as const;
export type BudgetHelp = (typeof budgetHelps)[number];

/** What stands in the way of one more capture: the encoder, the disk's rate, or the room on it. */
export const bottlenecks = ['cpu', 'disk', 'room'] as const;

/** Whether one more capture fits a machine, beside those that run or are armed. */
export const budgetSchema = z.object({
  /** Captures at once, with the one that is asked about. */
  captures: z.int().positive(),
  /** How many such captures the machine holds at once; null where it was never measured. */
  atMost: z.int().nonnegative().nullable(),
  fits: z.boolean(),
  /** How many times faster than real time the recorder's work would go, beside the others; null where not measured. */
  speed: z.number().nonnegative().nullable(),
  bottleneck: z.enum(bottlenecks).nullable(),
  /** Measured for this answer; false: reckoned from an earlier figure, because a capture that runs is behind. */
  isFresh: z.boolean(),
  diskFreeBytes: z.number().nonnegative(),
  /** Seconds that the disk of the masters holds when all of them record; null where not measured. */
  diskLeftS: z.number().nonnegative().nullable(),
  helps: z.array(z.enum(budgetHelps)),
  message: z.string(),
});
export type Budget = z.infer<typeof budgetSchema>;
