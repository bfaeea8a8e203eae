import { z } from 'zod';
import { decisionIdSchema, passIdSchema, personIdSchema, qcRunIdSchema } from './ids.ts';
import { origins } from './origin.ts';
import type { QcEvent, ShownEvent } from './qc.ts';

/** It is there; it is a false alarm; what was said before is taken back. */
export const judgements = ['accepted', 'dismissed', 'reopened'] as const;

/** What is decided, and of which finding: as the log keeps it. */
export const decidedSchema = z.object({
  passId: passIdSchema,
  /** The measurement whose finding was looked at. */
  qcRunId: qcRunIdSchema,
  check: z.string(),
  /** Audio channels, from 1; null where the finding names none. */
  channels: z.array(z.int().positive()).nullable(),
  startFrame: z.int().nonnegative(),
  endFrame: z.int().nonnegative(),
  judgement: z.enum(judgements),
  /** Null: nothing was said of it. */
  origin: z.enum(origins).nullable(),
  remark: z.string(),
});

/** A person's word on one thing that a check found in a pass. A later word stands in its place; both are kept. */
export const decisionSchema = decidedSchema.extend({
  id: decisionIdSchema,
  decidedAt: z.iso.datetime(),
  decidedBy: personIdSchema,
  /** Who wrote it down for that person; none: they said it themselves. */
  writtenBy: personIdSchema.nullish(),
});
export type Decision = z.infer<typeof decisionSchema>;

type Finding = Pick<QcEvent, 'check' | 'startFrame' | 'endFrame'> & {
  channels?: readonly number[] | null | undefined;
};

/**
 * Whether two findings are the same thing: one check, the same channels, and at least half of the longer one's frames in
 * both. Own: another profile or a later version of a check moves the ends of what it finds; what is grown to more than twice
 * its length, or was joined with others, is looked at again.
 */
export function isSameFinding(a: Finding, b: Finding): boolean {
  if (a.check !== b.check || channelsOf(a) !== channelsOf(b)) return false;
  const common = Math.min(a.endFrame, b.endFrame) - Math.max(a.startFrame, b.startFrame) + 1;
  return common > 0 && 2 * common >= Math.max(lengthOf(a), lengthOf(b));
}

/** What was decided of a finding, the latest word last. */
export function decisionsOn(finding: Finding, decisions: readonly Decision[]): Decision[] {
  return decisions.filter((decision) => isSameFinding(decision, finding));
}

/** The events with the word that stands on each; `decisions` in the order in which they were taken. */
export function markJudged(events: readonly ShownEvent[], decisions: readonly Decision[]): ShownEvent[] {
  if (decisions.length === 0) return [...events];
  return events.map((event) => {
    const standing = decisionsOn(event, decisions).at(-1);
    if (standing === undefined || standing.judgement === 'reopened') return event;
    const { id: decisionId, judgement, origin, remark, decidedAt, decidedBy } = standing;
    return { ...event, judged: { decisionId, judgement, origin, remark, decidedAt, decidedBy } };
  });
}

/** Somebody has said what it is: a decision, or that the artist meant it. */
export function isJudged({ judged, intended }: Pick<ShownEvent, 'judged' | 'intended'>): boolean {
  return judged !== undefined || intended !== undefined;
}

function channelsOf({ channels }: Finding): string {
  return [...new Set(channels ?? [])].sort((a, b) => a - b).join();
}

function lengthOf({ startFrame, endFrame }: Finding): number {
  return endFrame - startFrame + 1;
}
