import { z } from 'zod';
import { passIdSchema } from '#shared/domain/ids.ts';
import { passFileSchema, passSchema } from '#shared/domain/pass.ts';
import { notJudgedSchema, shownEventSchema } from '#shared/domain/qc.ts';
import { tapeTimecodeSchema } from '#shared/domain/timecode-runs.ts';
import { local, reviewer, technician } from './base.ts';

export const passDetailSchema = passSchema.extend({
  files: z.array(passFileSchema),
  qcEvents: z.array(shownEventSchema),
  /** Checks that the pass's material says nothing to, and why. */
  qcNotJudged: z.array(notJudgedSchema),
  /** Null until the pass is measured. */
  qcProfileId: z.string().nullable(),
});

export const recoverySchema = z.object({
  adopted: z.array(passIdSchema),
  recovered: z.array(z.object({ passId: passIdSchema, framesKept: z.int(), framesLost: z.int() })),
  /** Their recorders ended in order while no engine ran: followed to the seal from here on. */
  followed: z.array(passIdSchema),
});

export const passesContract = {
  list: reviewer.input(z.object({ tape: z.string().optional() })).output(z.array(passSchema)),
  show: reviewer.input(z.object({ passId: passIdSchema })).output(passDetailSchema),
  /** The tape's own timecode, from the pass's file; without runs where the tape offered none. */
  timecode: reviewer.input(z.object({ passId: passIdSchema })).output(tapeTimecodeSchema),
  /** Chooses a sealed pass as its tape's master, or its segment's. The others are kept; changing a choice needs a reason. */
  choose: technician
    .input(z.object({ passId: passIdSchema, reason: z.string().trim().max(1_000).default('') }))
    .output(passSchema),
  /** Takes back running recorders and mends what a crash left. The engine does the same when it starts. */
  recover: technician.output(recoverySchema),
  /** Paths of a pass's files on this machine: for the command line, never for a screen. */
  locate: local
    .input(z.object({ passId: passIdSchema }))
    .output(z.array(z.object({ role: z.string(), path: z.string(), bytes: z.int(), sha256: z.string() }))),
};
