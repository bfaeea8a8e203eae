import { z } from 'zod';
import {
  fileIdSchema,
  opinionIdSchema,
  passIdSchema,
  personIdSchema,
  qcRunIdSchema,
  verdictIdSchema,
} from './ids.ts';
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
 * accept it; where people disagree it is open until one of them changes their word or a manager settles it.
 */
export function outcomeOf(given: readonly Verdict[], opinions: readonly Opinion[]): ReviewOutcome {
  if (openOpinions(opinions, given).length > 0) return 'asked';
  const standing = standingVerdicts(given);
  const last = standing.at(-1);
  if (last === undefined) return 'waiting';
  const counting = last.settles ? [last] : standing;
  if (counting.every(accepts)) return 'accepted';
  if (counting.some(accepts)) return 'disputed';
  return counting.some(({ verdict }) => verdict === 'capture-again') ? 'capture-again' : 'rejected';
}
