import { z } from 'zod';
import { certificateSchema } from '#shared/domain/certificate.ts';
import { personIdSchema } from '#shared/domain/ids.ts';
import { masterProfileSchema } from '#shared/domain/profiles.ts';
import { roles } from '#shared/domain/roles.ts';
import { manager, reviewer, technician } from './base.ts';

export const doctorCheckSchema = z.object({
  id: z.string(),
  ok: z.boolean(),
  /** True where the main job works without it. */
  optional: z.boolean(),
  found: z.string(),
  need: z.string(),
  help: z.string(),
});

export const doctorSchema = z.object({ ok: z.boolean(), checks: z.array(doctorCheckSchema) });

/** A figure of two self-tests, the earlier one first. */
export const figureDriftSchema = z.object({
  id: z.string(),
  before: z.number(),
  now: z.number(),
  change: z.number(),
  unit: z.string(),
  /** The change that is too much from one test to the next; null where nothing is asked. */
  limit: z.number().nullable(),
  alarming: z.boolean(),
});

export const stationTestResultSchema = z.object({
  ok: z.boolean(),
  certificate: certificateSchema,
  /** Against the last test of the same device, chain and profile; empty for the first. */
  drift: z.array(figureDriftSchema),
});

const personSchema = z.object({
  id: personIdSchema,
  /** Empty where it was erased. */
  name: z.string(),
  role: z.enum(['reviewer', 'technician', 'manager']),
});

export const stationContract = {
  /** Everyone who is known at this station, in the order in which they were added. */
  people: reviewer.output(z.array(personSchema)),
  /** The name lies beside the log, so that it can be erased; verdicts are signed by the person's id. */
  addPerson: manager
    .input(z.object({ name: z.string().trim().min(1).max(100), role: personSchema.shape.role }))
    .output(personSchema),
  /**
   * Sits down before this window of the station: whatever is said there from now on is signed by this person, with their rights and
   * never more than the window was opened with. NOT_ALLOWED where the window's link was made for one person.
   */
  sit: reviewer.input(z.object({ personId: personIdSchema })).output(z.object({})),
  doctor: technician.output(doctorSchema),
  info: reviewer.output(
    z.object({
      stationId: z.string(),
      version: z.string(),
      dataDir: z.string().nullable(),
      person: z.object({ id: z.string(), name: z.string(), role: z.enum(roles) }),
      /** Whoever sits here may say who they are; else the link was made for one person. */
      isStationWindow: z.boolean(),
      /** It is the account that runs the engine, with whom every window of the station begins. */
      isAccount: z.boolean(),
    }),
  ),
  profiles: reviewer.output(z.array(masterProfileSchema)),
  /**
   * Records the test signal that the source gives now, measures it and writes a certificate. Takes as long as the test and a
   * little more; shown among the long work. Whoever hangs up ends it, without a certificate.
   */
  selfTest: technician
    .input(
      z.object({
        source: z.string(),
        profileId: z.string().optional(),
        chainName: z.string().max(200).default(''),
        seconds: z.number().min(4).max(7200).default(60),
        /** The generator gives bars and tone only: A/V offset and field order are then said to be not measured. */
        barsOnly: z.boolean().default(false),
        /** Peak of the tone that is played; left out: -18 dBFS (EBU R 68), in NTSC -20 (SMPTE RP 155). */
        toneDbfs: z.number().min(-60).max(0).optional(),
      }),
    )
    .output(stationTestResultSchema),
  /** All self-tests, newest first. */
  certificates: reviewer.output(
    z.array(
      stationTestResultSchema.extend({
        /** A pass of this device and chain cites it. */
        inForce: z.boolean(),
        /** Older than a month: test again. */
        outdated: z.boolean(),
      }),
    ),
  ),
};
