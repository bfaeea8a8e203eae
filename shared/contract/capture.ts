import { z } from 'zod';
import { budgetSchema } from '#shared/domain/budget.ts';
import { startConditionSchema, stopConditionsSchema } from '#shared/domain/capture-plan.ts';
import { passIdSchema } from '#shared/domain/ids.ts';
import { sessionSchema } from '#shared/domain/live.ts';
import { sourceSchema } from '#shared/domain/source.ts';
import { reviewer, technician } from './base.ts';

export const captureContract = {
  sources: technician.output(z.array(sourceSchema)),
  /** Whether one more capture fits this machine, measured now; takes a few seconds. */
  budget: technician
    .input(
      z.object({
        source: z.string(),
        profileId: z.string().optional(),
        durationS: z.number().positive().optional(),
      }),
    )
    .output(budgetSchema),
  /** Opens the source and prepares a pass: nothing is recorded yet. */
  arm: technician
    .input(
      z.object({
        /** Id or identifier of a registered tape. */
        tape: z.string(),
        source: z.string(),
        profileId: z.string().optional(),
        chainName: z.string().max(200).default(''),
        /** From the operator's word on, to the exact frame; from another start on, never fewer frames than asked for. */
        durationS: z.number().positive().optional(),
        start: startConditionSchema.optional(),
        stop: stopConditionsSchema.omit({ durationS: true }).optional(),
        /** The pass of the same tape that this one is to do better than. */
        retakeOf: passIdSchema.optional(),
        /** The part of the tape that this pass holds, from 1. */
        segment: z.int().positive().optional(),
        /** Insists on a pass that the budget speaks against; the log says so. */
        anyway: z.boolean().default(false),
      }),
    )
    .output(sessionSchema),
  record: technician.input(z.object({ passId: passIdSchema })).output(sessionSchema),
  mark: technician
    .input(z.object({ passId: passIdSchema, label: z.string().trim().max(200).default('') }))
    .output(z.object({ frame: z.int() })),
  stop: technician.input(z.object({ passId: passIdSchema })).output(sessionSchema),
  /** Gives up a pass that was armed and not recorded. */
  disarm: technician.input(z.object({ passId: passIdSchema })).output(z.object({})),
  sessions: reviewer.output(z.array(sessionSchema)),
};
