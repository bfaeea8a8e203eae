import { z } from 'zod';
import { alignmentSchema } from './alignment.ts';
import { passIdSchema } from './ids.ts';
import { severities } from './qc.ts';

/** The first pass that was named, and the second. */
export const passSides = ['a', 'b'] as const;
export type PassSide = (typeof passSides)[number];

/**
 * Where something comes from, by whether both passes have it: `tape`; `playback`, of the one that has it; `tape-or-chain` where
 * the machines of both may have done it; `unknown` where the other pass has no such frames.
 */
export const comparedOrigins = ['tape', 'tape-or-chain', 'playback', 'unknown'] as const;

const rangeSchema = z.object({ startFrame: z.int().nonnegative(), endFrame: z.int().nonnegative() });

/** A finding of one pass, or of both at the same place of the tape. Frames of each pass are its own; the last one is inclusive. */
export const comparedFindingSchema = z.object({
  check: z.string(),
  channels: z.array(z.int().positive()).optional(),
  /** The graver one of both. */
  severity: z.enum(severities),
  a: rangeSchema.nullable(),
  b: rangeSchema.nullable(),
  origin: z.enum(comparedOrigins),
});
export type ComparedFinding = z.infer<typeof comparedFindingSchema>;

/** What speaks against a pass somewhere: how often a check found there what the other pass does not have. */
export const againstSchema = z.object({
  side: z.enum(passSides),
  /** A check, or `frames-missing`: the other pass has frames there that this one has not. */
  check: z.string(),
  count: z.int().positive(),
  frames: z.int().positive(),
});
export type Against = z.infer<typeof againstSchema>;

/** A stretch of the tape, by the frames of A, in which one pass is better, or neither. */
export const comparedStretchSchema = z.object({
  startFrame: z.int().nonnegative(),
  endFrame: z.int().nonnegative(),
  better: z.enum([...passSides, 'neither']),
  against: z.array(againstSchema),
});
export type ComparedStretch = z.infer<typeof comparedStretchSchema>;

/** Which pass to choose: nobody edits anything by it. `reasons` are keys below `compare.reason`, with what fills them. */
export const passProposalSchema = z.object({
  choose: z.enum([...passSides, 'either', 'unknown']),
  reasons: z.array(
    z.object({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
});
export type PassProposal = z.infer<typeof passProposalSchema>;

/** Two passes of a tape, judged against each other. */
export const passComparisonSchema = z.object({
  passIdA: passIdSchema,
  passIdB: passIdSchema,
  framesA: z.int().nonnegative(),
  framesB: z.int().nonnegative(),
  alignment: alignmentSchema,
  /** Frames that only one of them has: at head and tail, and where the other lost some. */
  onlyIn: z.object({ a: z.int().nonnegative(), b: z.int().nonnegative() }),
  counts: z.object({
    tape: z.int().nonnegative(),
    tapeOrChain: z.int().nonnegative(),
    playbackA: z.int().nonnegative(),
    playbackB: z.int().nonnegative(),
    unknown: z.int().nonnegative(),
  }),
  findings: z.array(comparedFindingSchema),
  /** Of both passes together, what is not among the findings: a person said that it is meant, or no fault, of it or of the same in the other pass. */
  setAside: z.object({ intended: z.int().nonnegative(), dismissed: z.int().nonnegative() }),
  stretches: z.array(comparedStretchSchema),
  proposal: passProposalSchema,
});
export type PassComparison = z.infer<typeof passComparisonSchema>;
