import { z } from 'zod';
import { decisionSchema } from './decision.ts';
import { frameRangeSchema } from './frame-ranges.ts';
import { passIdSchema, personIdSchema, qcRunIdSchema, tapeIdSchema } from './ids.ts';
import { judgedFilesSchema } from './judged-files.ts';
import { noteSchema } from './note.ts';
import { opinionSchema, reviewOutcomes, verdictSchema } from './verdict.ts';

/** Who has a pass on their desk. It is a courtesy among colleagues, and locks nothing. */
export const holdingSchema = z.object({
  personId: personIdSchema,
  takenAt: z.iso.datetime(),
  /** Whom it was taken over from, and why. */
  takenFrom: personIdSchema.nullable(),
  reason: z.string(),
});
export type Holding = z.infer<typeof holdingSchema>;

/** What a person has truly watched of a pass: frames that were played at twice the speed at most, in a visible window. */
export const watchedSchema = z.object({
  personId: personIdSchema,
  ranges: z.array(frameRangeSchema),
  /** Of them what was seen as pictures of the master itself, and what as the access copy. What is in neither is older than this was kept. */
  masterRanges: z.array(frameRangeSchema).default([]),
  copyRanges: z.array(frameRangeSchema).default([]),
});
export type Watched = z.infer<typeof watchedSchema>;

/** Everything that people said of a pass. */
export const passReviewSchema = z.object({
  passId: passIdSchema,
  outcome: z.enum(reviewOutcomes),
  holding: holdingSchema.nullable(),
  /** In the order of the log: the last word on a finding stands. */
  decisions: z.array(decisionSchema),
  notes: z.array(noteSchema),
  watched: z.array(watchedSchema),
  opinions: z.array(opinionSchema),
  verdicts: z.array(verdictSchema),
  /** The measurement in force now; null before one. A verdict may have been given on an earlier one. */
  qcRunId: qcRunIdSchema.nullable(),
  masterSha256: z.string().nullable(),
  /** As they are now. */
  files: judgedFilesSchema,
  /** Names of everyone who is named here; empty for one whose name was erased. */
  names: z.record(z.string(), z.string()),
});
export type PassReview = z.infer<typeof passReviewSchema>;

/** Where the review of one pass stands. */
export const passOutcomeSchema = z.object({ passId: passIdSchema, outcome: z.enum(reviewOutcomes) });
export type PassOutcome = z.infer<typeof passOutcomeSchema>;

/** A pass that waits for somebody's eyes. */
export const queuedPassSchema = z.object({
  passId: passIdSchema,
  passNumber: z.int().positive(),
  tapeId: tapeIdSchema,
  tapeIdentifier: z.string(),
  title: z.string(),
  frames: z.int().nonnegative(),
  durationS: z.number().nonnegative(),
  sealedAt: z.iso.datetime(),
  /** `waiting`, `asked` or `disputed`. */
  outcome: z.enum(reviewOutcomes),
  /** Null while nobody has it. */
  heldBy: z.object({ id: personIdSchema, name: z.string(), takenAt: z.iso.datetime() }).nullable(),
  /** Of whom an opinion is asked; null among them: of anyone. */
  askedOf: z.array(z.object({ id: personIdSchema.nullable(), name: z.string() })),
  /** What the checks found; null where the pass was not measured. */
  events: z.object({ total: z.int(), judged: z.int(), faults: z.int() }).nullable(),
});
export type QueuedPass = z.infer<typeof queuedPassSchema>;
