import { z } from 'zod';
import { decisionIdSchema, intentionIdSchema, personIdSchema } from './ids.ts';
import { origins } from './origin.ts';

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

/** What a reviewer said of it last: that it is there, or that it is a false alarm. */
const judgedSchema = z.object({
  decisionId: decisionIdSchema,
  judgement: z.enum(['accepted', 'dismissed']),
  origin: z.enum(origins).nullable(),
  remark: z.string(),
  decidedAt: z.iso.datetime(),
  decidedBy: personIdSchema,
});

/** An event as it is shown: what the check found, whether it is meant to be so, and what was decided. The log keeps the finding alone. */
export const shownEventSchema = qcEventSchema.extend({
  intended: intendedSchema.optional(),
  judged: judgedSchema.optional(),
});
export type ShownEvent = z.infer<typeof shownEventSchema>;

/** A check that material says nothing to: that it found nothing is no praise. */
export const notJudgedSchema = z.object({
  check: z.string(),
  reason: z.enum(['no-picture', 'no-sound', 'one-channel', 'eight-bit', 'not-measured']),
});
export type NotJudged = z.infer<typeof notJudgedSchema>;

export const qcSummarySchema = z.object({
  info: z.int(),
  warn: z.int(),
  fail: z.int(),
  /** Events that were marked as intended by the artist: none of them is among the others. */
  intended: z.int().default(0),
  /** Those that were applied. */
  checks: z.array(z.string()),
  /** Those that could not be, and why; empty in results of days when this was not said. */
  notJudged: z.array(notJudgedSchema).default([]),
});

/** A rule for the file as a whole: what was expected, what was measured. */
const fileRuleSchema = z.object({
  id: z.string(),
  ok: z.boolean(),
  /** What it weighs where it does not hold. */
  severity: z.enum(severities),
  expected: z.string(),
  measured: z.string(),
  message: z.string(),
});
export type FileRule = z.infer<typeof fileRuleSchema>;

/** What MediaConch says of a file, where it is installed. */
const mediaconchSchema = z.object({
  /** Why it was not asked, or gave no report; absent where it did. */
  notRun: z.string().optional(),
  applied: z.int().nonnegative().default(0),
  passed: z.int().nonnegative().default(0),
  problems: z.array(z.object({ rule: z.string(), what: z.string() })).default([]),
  /** MediaConch's own report, XML, as it wrote it. */
  report: z.string().optional(),
});
export type MediaconchVerdict = z.infer<typeof mediaconchSchema>;

/** What the blocks of a DV stream say of themselves. */
const dvTallySchema = z.object({
  frames: z.int().nonnegative(),
  /** Frames with a block that the deck could not read. */
  faultyFrames: z.int().nonnegative(),
  videoBlocks: z.int().nonnegative(),
  badVideoBlocks: z.int().nonnegative(),
  /** Share of bad blocks among those of even and of odd DIF sequences: each parity is the work of one head. */
  evenShare: z.number(),
  oddShare: z.number(),
  badAudioBlocks: z.int().nonnegative(),
});
export type DvTally = z.infer<typeof dvTallySchema>;

/** What was found of the file as a file: events of it carry the same, over its whole length. */
export const mediaFindingsSchema = z.object({
  /** Empty where no rule applies: rules are for masters, FFV1 in Matroska, and for what was sealed. */
  rules: z.array(fileRuleSchema),
  mediaconch: mediaconchSchema,
  dv: dvTallySchema.optional(),
});
export type MediaFindings = z.infer<typeof mediaFindingsSchema>;

/** How loud the whole tape is (EBU R 128), by pairs of channels. */
const programmeLoudnessSchema = z.object({
  /** Counted from 1: a pair, or one that has no partner. */
  channels: z.array(z.int().positive()),
  /** Absent where nothing is louder than the gate of -70 LUFS. */
  integratedLufs: z.number().optional(),
  /** Absent for digital silence, and for samples of days when it was not measured. */
  truePeakDbfs: z.number().optional(),
});
export type ProgrammeLoudness = z.infer<typeof programmeLoudnessSchema>;

export const qcResultSchema = z.object({
  file: z.string(),
  frames: z.int().nonnegative(),
  fps: z.string(),
  standard: z.string(),
  /** What it was judged by. */
  profile: z.object({ id: z.string(), name: z.string() }),
  events: z.array(shownEventSchema),
  /** Absent where only samples, or another tool's report, were judged. */
  media: mediaFindingsSchema.optional(),
  /** Empty without sound, and absent in results of days when it was not worked out. */
  loudness: z.array(programmeLoudnessSchema).optional(),
  summary: qcSummarySchema,
});
export type QcResult = z.infer<typeof qcResultSchema>;

/** A check of samples that says something of the whole: what is missing may be missing anywhere. */
const ofWhole = 'av-length';

/** True for an event that is said of the file as a whole, and has no place on the tape. */
export function isOfFile({ check }: Pick<QcEvent, 'check'>): boolean {
  return check === ofWhole || check.startsWith('file-');
}

/** A person has said that it is no fault, or that the artist meant it: it stays in sight, and speaks against nothing. */
export function isSetAside({ intended, judged }: Pick<ShownEvent, 'intended' | 'judged'>): boolean {
  return intended !== undefined || judged?.judgement === 'dismissed';
}

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
