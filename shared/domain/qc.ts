import { z } from 'zod';
import { intentionIdSchema, personIdSchema } from './ids.ts';

export const severities = ['info', 'warn', 'fail'] as const;
export type Severity = (typeof severities)[number];

/** One named event that a check found. `endFrame` is the last frame, inclusive. Frames count from 0. */
export const qcEventSchema = z.object({
  check: z.string(),
  startFrame: z.int().nonnegative(),
  endFrame: z.int().nonnegative(),
  severity: z.enum(severities),
  /** 0 to 1: how sure the check is of what it says. */
  confidence: z.number().min(0).max(1),
  /** Audio channels concerned, counted from 1; absent for video. */
  channels: z.array(z.int().positive()).optional(),
  /** The numbers it rests on, with the limit and its unit. */
  evidence: z.record(z.string(), z.union([z.number(), z.string()])),
  message: z.string(),
});
export type QcEvent = z.infer<typeof qcEventSchema>;

/** Somebody said that what a check finds here belongs to the work: the event stays in sight and counts against nothing. */
const intendedSchema = z.object({
  intentionId: intentionIdSchema,
  reason: z.string(),
  statedAt: z.iso.datetime(),
  statedBy: personIdSchema,
});

/** An event as it is shown: what the check found, and whether it is meant to be so. The log keeps the finding alone. */
export const shownEventSchema = qcEventSchema.extend({ intended: intendedSchema.optional() });
export type ShownEvent = z.infer<typeof shownEventSchema>;

export const qcSummarySchema = z.object({
  info: z.int(),
  warn: z.int(),
  fail: z.int(),
  /** Events that were marked as intended by the artist: none of them is among the others. */
  intended: z.int().default(0),
  checks: z.array(z.string()),
});

export const qcResultSchema = z.object({
  file: z.string(),
  frames: z.int().nonnegative(),
  fps: z.string(),
  standard: z.string(),
  /** What it was judged by. */
  profile: z.object({ id: z.string(), name: z.string() }),
  events: z.array(shownEventSchema),
  summary: qcSummarySchema,
});
export type QcResult = z.infer<typeof qcResultSchema>;

/** How many events of each severity count against a tape, and how many are meant to be as they are. */
export function countEvents(
  events: readonly { severity: string; intended?: unknown }[],
): Record<Severity | 'intended', number> {
  const counts = { info: 0, warn: 0, fail: 0, intended: 0 };
  for (const { severity, intended } of events) {
    if (intended !== undefined) counts.intended++;
    else if (severity === 'info' || severity === 'warn' || severity === 'fail') counts[severity]++;
  }
  return counts;
}
