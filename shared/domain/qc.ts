import { z } from 'zod';

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

export const qcSummarySchema = z.object({
  info: z.int(),
  warn: z.int(),
  fail: z.int(),
  checks: z.array(z.string()),
});

export const qcResultSchema = z.object({
  file: z.string(),
  frames: z.int().nonnegative(),
  fps: z.string(),
  standard: z.string(),
  events: z.array(qcEventSchema),
  summary: qcSummarySchema,
});
export type QcResult = z.infer<typeof qcResultSchema>;
