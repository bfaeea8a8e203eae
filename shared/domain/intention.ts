import { z } from 'zod';
import { intentionIdSchema, passIdSchema, personIdSchema, tapeIdSchema } from './ids.ts';
import type { Pass } from './pass.ts';
import type { QcEvent, ShownEvent } from './qc.ts';

/** A stretch of the work, by the frames of one of the tape's passes; both ends inclusive. */
export const intentionRangeSchema = z.object({
  passId: passIdSchema,
  startFrame: z.int().nonnegative(),
  endFrame: z.int().nonnegative(),
});

/**
 * A person's word that what a check finds belongs to the work: the artist meant it. It is about the tape, not about one
 * playing of it, so that it holds for each pass, also for those to come.
 */
export const intentionSchema = z.object({
  id: intentionIdSchema,
  tapeId: tapeIdSchema,
  /** The check's id. */
  check: z.string(),
  /** Audio channels, from 1; null: whichever. */
  channels: z.array(z.int().positive()).nullable(),
  /** Null: the whole work. */
  range: intentionRangeSchema.nullable(),
  reason: z.string(),
  statedAt: z.iso.datetime(),
  statedBy: personIdSchema,
});
export type Intention = z.infer<typeof intentionSchema>;

type PlayedPass = Pick<Pass, 'id' | 'programmeStartFrame'>;

/**
 * Where an intention holds on a pass: its first and last frame, or everywhere. A range belongs to the pass by whose frames it
 * was given. On another pass of the tape it moves by the difference of the frames at which their programmes begin, and only
 * where both are known: two playings never start at the same moment. Undefined: it does not hold there.
 */
export function rangeOn(
  intention: Pick<Intention, 'range'>,
  pass: PlayedPass,
  passes: readonly PlayedPass[],
): { startFrame: number; endFrame: number } | undefined {
  const { range } = intention;
  if (range === null) return { startFrame: 0, endFrame: Number.POSITIVE_INFINITY };
  if (range.passId === pass.id) return range;
  const from = passes.find(({ id }) => id === range.passId)?.programmeStartFrame ?? null;
  if (from === null || pass.programmeStartFrame === null) return undefined;
  const shift = pass.programmeStartFrame - from;
  return { startFrame: range.startFrame + shift, endFrame: range.endFrame + shift };
}

/**
 * Frames by which an event may reach over the ends of an intention.
 * Own: another profile, or a later version of the check, finds the ends of the same thing some frames apart.
 */
const slackS = 1;

/** The events with a word on those that are meant to be so: the same check and channels, wholly within the range. */
export function markIntended(
  events: readonly QcEvent[],
  intentions: readonly Intention[],
  pass: PlayedPass & { video: Pick<Pass['video'], 'frameRate'> },
  passes: readonly PlayedPass[],
): ShownEvent[] {
  const { num, den } = pass.video.frameRate;
  const slack = Math.round((slackS * num) / den);
  const holding = intentions.flatMap((intention) => {
    const range = rangeOn(intention, pass, passes);
    return range ? [{ ...intention, ...range }] : [];
  });
  return events.map((event) => {
    const intention = holding.find(
      ({ check, channels, startFrame, endFrame }) =>
        check === event.check &&
        event.startFrame >= startFrame - slack &&
        event.endFrame <= endFrame + slack &&
        (channels === null || (event.channels ?? []).every((channel) => channels.includes(channel))),
    );
    if (!intention) return event;
    const { id: intentionId, reason, statedAt, statedBy } = intention;
    return { ...event, intended: { intentionId, reason, statedAt, statedBy } };
  });
}
