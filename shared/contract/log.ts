import { z } from 'zod';
import { manager, reviewer } from './base.ts';

export const logEntrySchema = z.object({
  seq: z.int(),
  eventId: z.string(),
  recordedAt: z.iso.datetime(),
  occurredAt: z.iso.datetime(),
  type: z.string(),
  actorId: z.string(),
  actorName: z.string(),
  payload: z.record(z.string(), z.unknown()),
  hash: z.string(),
  /** What it is about, where it is about tapes; with the pass, where it is about one. */
  subjects: z.array(z.object({ tape: z.string(), passNumber: z.int().nullable() })),
});

export const logVerificationSchema = z.object({
  ok: z.boolean(),
  events: z.int(),
  head: z.object({ seq: z.int(), hash: z.string() }),
  checkpoints: z.int(),
  /** The tables that are made from the log, held against it; absent where the chain broke before. */
  tables: z.object({ ok: z.boolean(), differing: z.array(z.string()) }).optional(),
  firstBroken: z.object({ seq: z.int(), reason: z.string() }).optional(),
  /** What is no fault and has to be known all the same: what no signature covers yet, a key that changed. */
  notes: z.array(z.string()).optional(),
});

export const logContract = {
  list: reviewer
    .input(
      z.object({
        tape: z.string().optional(),
        /** A device that the signal passed: its serial number, or its name, as the chain states it. */
        device: z.string().optional(),
        /** Id or name: who did it, or whom it is about. */
        person: z.string().optional(),
        type: z.string().optional(),
        from: z.string().optional(),
        to: z.string().optional(),
        /** Newest first: entries with a smaller seq than this one. */
        beforeSeq: z.int().optional(),
        limit: z.int().positive().max(1000).default(200),
      }),
    )
    .output(z.object({ entries: z.array(logEntrySchema), total: z.int() })),
  verify: reviewer.output(logVerificationSchema),
  rebuild: manager.output(z.object({ events: z.int(), tables: z.array(z.string()), identical: z.boolean() })),
};
