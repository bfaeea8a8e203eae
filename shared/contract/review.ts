import { z } from 'zod';
import { decisionSchema, judgements } from '#shared/domain/decision.ts';
import { frameRangeSchema } from '#shared/domain/frame-ranges.ts';
import { noteIdSchema, opinionIdSchema, passIdSchema, personIdSchema } from '#shared/domain/ids.ts';
import { noteContentSchema, noteSchema } from '#shared/domain/note.ts';
import { origins } from '#shared/domain/origin.ts';
import {
  holdingSchema,
  passOutcomeSchema,
  passReviewSchema,
  queuedPassSchema,
} from '#shared/domain/pass-review.ts';
import { samplingPlanIds } from '#shared/domain/sampling.ts';
import { opinionSchema, verdictSchema, verdicts } from '#shared/domain/verdict.ts';
import { vocabularySchema } from '#shared/domain/vocabulary.ts';
import { reviewer } from './base.ts';

const ofPass = z.object({ passId: passIdSchema });
const reason = z.string().trim().max(2_000);

/**
 * Who signs. A session signs with its own person; only the station itself (`local`: the command line of the account that runs
 * it) may write down what another person says.
 */
const signed = { as: personIdSchema.optional() };

export const reviewContract = {
  /** Sealed passes without a last word: no verdict, an opinion asked, or people who disagree. The oldest seal first. */
  queue: reviewer.output(z.array(queuedPassSchema)),
  /** Where each pass stands on which somebody gave a verdict, or was asked for one. */
  outcomes: reviewer.output(z.array(passOutcomeSchema)),
  show: reviewer.input(ofPass).output(passReviewSchema),
  vocabulary: reviewer.output(vocabularySchema),
  /** Puts a pass on one's desk; taking over what another person has needs a reason. */
  take: reviewer.input(ofPass.extend({ reason: reason.default(''), ...signed })).output(holdingSchema),
  release: reviewer.input(ofPass.extend(signed)).output(z.object({})),
  /** A word on one finding of the measurement in force, named by its check, channels and frames. A later word supersedes it. */
  decide: reviewer
    .input(
      ofPass.extend({
        check: z.string(),
        channels: z.array(z.int().positive()).optional(),
        startFrame: z.int().nonnegative(),
        endFrame: z.int().nonnegative(),
        judgement: z.enum(judgements),
        origin: z.enum(origins).nullable().default(null),
        remark: reason.default(''),
        ...signed,
      }),
    )
    .output(decisionSchema),
  note: reviewer.input(ofPass.extend({ ...noteContentSchema.shape, ...signed })).output(noteSchema),
  withdrawNote: reviewer
    .input(
      z.object({ noteId: noteIdSchema, reason: reason.min(1, 'A withdrawal needs a reason.'), ...signed }),
    )
    .output(noteSchema),
  /**
   * Frames that were played forwards at twice the speed at most in a visible window, every few seconds; none when a page begins,
   * `ended` on leaving. `masterRanges` are those of them that were seen as pictures of the master, not as its access copy. The engine takes no more than can have been played since the last report.
   */
  watched: reviewer
    .input(
      ofPass.extend({
        ranges: z.array(frameRangeSchema).max(1_000),
        masterRanges: z.array(frameRangeSchema).max(1_000).default([]),
        ended: z.boolean(),
      }),
    )
    .output(z.object({})),
  /** Asks for a further verdict. `of` null: of anyone else. */
  ask: reviewer
    .input(
      ofPass.extend({ of: personIdSchema.nullable().default(null), question: reason.default(''), ...signed }),
    )
    .output(opinionSchema),
  withdrawAsk: reviewer
    .input(
      z.object({
        opinionId: opinionIdSchema,
        reason: reason.min(1, 'A withdrawal needs a reason.'),
        ...signed,
      }),
    )
    .output(opinionSchema),
  /** Signs a verdict; a reason is needed where it is not plain acceptance. Only a manager settles what others disagree on. */
  verdict: reviewer
    .input(
      ofPass.extend({
        verdict: z.enum(verdicts),
        reason: reason.default(''),
        planId: z.enum(samplingPlanIds).default('head-middle-tail'),
        settles: z.boolean().default(false),
        ...signed,
      }),
    )
    .output(verdictSchema),
};
