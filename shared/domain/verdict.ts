import { z } from 'zod';
import {
  fileIdSchema,
  opinionIdSchema,
  passIdSchema,
  personIdSchema,
  qcRunIdSchema,
  verdictIdSchema,
} from './ids.ts';
import { judgedFilesSchema } from './judged-files.ts';
import { samplingPlanIds } from './sampling.ts';

export const verdicts = ['accept', 'accept-with-notes', 'reject', 'capture-again'] as const;
export type VerdictWord = (typeof verdicts)[number];

/** What the person had looked at when the verdict was given. */
export const verdictBasisSchema = z.object({
  /** What the checks had found, and how much of it somebody had judged. */
  events: z.int().nonnegative(),
  judgedEvents: z.int().nonnegative(),
  planId: z.enum(samplingPlanIds),
  planFrames: z.int().nonnegative(),
  /** Frames of the plan, and of all, that this person had watched. */
  watchedPlanFrames: z.int().nonnegative(),
  watchedFrames: z.int().nonnegative(),
  /** Whose words those are on the findings that were judged. Verdicts from before this was kept do not say; nor the next two. */
  judgedBy: z.array(z.object({ personId: personIdSchema, events: z.int().positive() })).optional(),
  /** Of all frames watched: those that were seen as pictures of the master itself, and those only as the access copy. */
  watchedOf: z.object({ masterFrames: z.int().nonnegative(), copyFrames: z.int().nonnegative() }).optional(),
  /** What was known of both files when the verdict was given. */
  files: judgedFilesSchema.optional(),
});
export type VerdictBasis = z.infer<typeof verdictBasisSchema>;

/** A person's word on a pass as it is: its master's bytes, and what was measured of it. */
export const verdictSchema = z.object({
  id: verdictIdSchema,
  /** Its place in the log: what is given later has a greater one. */
  seq: z.int().positive(),
  passId: passIdSchema,
  verdict: z.enum(verdicts),
  reason: z.string(),
  /** Null where the pass came to no master that was registered: such a pass is never accepted. */
  master: z.object({ fileId: fileIdSchema, sha256: z.string() }).nullable(),
  /** The measurement in force; null where the pass was not measured. */
  qcRunId: qcRunIdSchema.nullable(),
  basis: verdictBasisSchema,
  /** A manager decides between people who disagree. */
  settles: z.boolean(),
  givenAt: z.iso.datetime(),
  givenBy: personIdSchema,
  /** Who wrote it down for that person; none: they signed it themselves, or it is older than this was kept. */
  writtenBy: personIdSchema.nullish(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** Somebody asks for a further verdict: of one person, or of anyone else. */
export const opinionSchema = z.object({
  id: opinionIdSchema,
  seq: z.int().positive(),
  passId: passIdSchema,
  askedBy: personIdSchema,
  /** Null: of anyone but the one who asks. */
  of: personIdSchema.nullable(),
  question: z.string(),
  askedAt: z.iso.datetime(),
  withdrawn: z.object({ at: z.iso.datetime(), by: personIdSchema, reason: z.string() }).nullable(),
  writtenBy: personIdSchema.nullish(),
});
export type Opinion = z.infer<typeof opinionSchema>;

/** Where the review of a pass stands. */
export const reviewOutcomes = [
  'waiting',
  'asked',
  'disputed',
  'accepted',
  'rejected',
  'capture-again',
] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

/** A shape for each, which stands beside its word: no outcome is told by a colour alone. */
export const outcomeSigns = {
  ...{ waiting: '○', asked: '◑', disputed: '◆', accepted: '◉', rejected: '▲', 'capture-again': '▲' },
} as const satisfies Record<ReviewOutcome, string>;

/** Whether a verdict lets the pass stand. */
export function accepts({ verdict }: Pick<Verdict, 'verdict'>): boolean {
  return verdict === 'accept' || verdict === 'accept-with-notes';
}

/** The last verdict of each person, in the order in which they were given. */
export function standingVerdicts(given: readonly Verdict[]): Verdict[] {
  return given.filter(
    ({ givenBy, seq }) => !given.some((later) => later.givenBy === givenBy && later.seq > seq),
  );
}

/** Opinions that were asked for and that nobody of those who were asked has given since. */
export function openOpinions(opinions: readonly Opinion[], given: readonly Verdict[]): Opinion[] {
  return opinions.filter(
    ({ of, askedBy, seq, withdrawn }) =>
      withdrawn === null &&
      !given.some(
        (verdict) =>
          verdict.seq > seq && (of === null ? verdict.givenBy !== askedBy : verdict.givenBy === of),
      ),
  );
}

/**
 * What all verdicts come to. A pass is accepted only when nobody who was asked still owes an answer and all who gave one
 * accept it; where people disagree it is open until one of them changes their word or a manager settles it. What was settled
 * stays so for whoever agrees, the settler saying it again among them; an objection opens it.
 */
export function outcomeOf(given: readonly Verdict[], opinions: readonly Opinion[]): ReviewOutcome {
  if (openOpinions(opinions, given).length > 0) return 'asked';
  const standing = standingVerdicts(given);
  if (standing.length === 0) return 'waiting';
  const settled = given.findLast(({ settles }) => settles);
  const since = standing.filter(({ seq }) => settled && seq >= settled.seq);
  const isSettled = settled && since.every((verdict) => accepts(verdict) === accepts(settled));
  const counting = isSettled ? since : standing;
  if (counting.every(accepts)) return 'accepted';
  if (counting.some(accepts)) return 'disputed';
  return counting.some(({ verdict }) => verdict === 'capture-again') ? 'capture-again' : 'rejected';
}
