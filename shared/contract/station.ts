import { z } from 'zod';
import { masterProfileSchema } from '#shared/domain/profiles.ts';
import { roles } from '#shared/domain/roles.ts';
import { reviewer, technician } from './base.ts';

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

export const stationContract = {
  doctor: technician.output(doctorSchema),
  info: reviewer.output(
    z.object({
      stationId: z.string(),
      version: z.string(),
      dataDir: z.string().nullable(),
      person: z.object({ id: z.string(), name: z.string(), role: z.enum(roles) }),
    }),
  ),
  profiles: reviewer.output(z.array(masterProfileSchema)),
};
