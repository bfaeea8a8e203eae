import { z } from 'zod';
import { batchIdSchema, packageIdSchema, tapeIdSchema } from '#shared/domain/ids.ts';
import { local, manager, reviewer } from './base.ts';

export const packageProblemSchema = z.object({
  rule: z.string(),
  level: z.enum(['error', 'warning']),
  /** The tape's identifier. */
  tape: z.string(),
  message: z.string(),
  where: z.string(),
});

export const packageSchema = z.object({
  id: packageIdSchema,
  batchId: batchIdSchema,
  tapeId: tapeIdSchema,
  tapeIdentifier: z.string(),
  profileId: z.string(),
  name: z.string(),
  sizeBytes: z.int(),
  writtenAt: z.iso.datetime(),
  /** Null until it was read back. */
  verified: z.boolean().nullable(),
  /** Where it lies on the station; told to managers only. */
  place: z.string().nullable(),
});

export const batchSchema = z.object({
  id: batchIdSchema,
  name: z.string(),
  createdAt: z.iso.datetime(),
  tapes: z.array(
    z.object({ id: tapeIdSchema, identifier: z.string(), title: z.string(), state: z.string() }),
  ),
  packages: z.array(packageSchema),
});

export const exportResultSchema = z.object({
  packages: z.array(z.object({ path: z.string(), bytes: z.int(), ok: z.boolean() })),
  problems: z.array(packageProblemSchema),
});

export const verifyResultSchema = z.object({
  ok: z.boolean(),
  items: z.array(
    z.object({
      path: z.string(),
      kind: z.enum(['master', 'bag', 'delivery', 'unknown']),
      ok: z.boolean(),
      problems: z.array(z.object({ rule: z.string(), message: z.string(), path: z.string() })),
    }),
  ),
});

export const batchesContract = {
  list: reviewer.output(z.array(batchSchema)),
  show: reviewer.input(z.object({ batch: z.string() })).output(batchSchema),
  profiles: reviewer.output(z.array(z.object({ id: z.string(), name: z.string(), description: z.string() }))),
  create: manager
    .input(z.object({ name: z.string().trim().min(1).max(100), tapes: z.array(z.string()).min(1) }))
    .output(batchSchema),
  /** Every problem before anything is written. */
  check: reviewer
    .input(z.object({ batch: z.string(), profileId: z.string().optional() }))
    .output(z.object({ problems: z.array(packageProblemSchema) })),
  /** Writes the packages into the station's delivery folder and reads them back. */
  export: manager
    .input(z.object({ batch: z.string(), profileId: z.string().optional() }))
    .output(exportResultSchema),
  /** The same, to a folder that the caller names. */
  exportTo: local
    .input(z.object({ batch: z.string(), profileId: z.string().optional(), to: z.string() }))
    .output(exportResultSchema),
  /** Masters, bags and deliveries, from the files alone. */
  verifyPaths: local.input(z.object({ paths: z.array(z.string()).min(1) })).output(verifyResultSchema),
  /** Reads back a package that this station wrote. */
  verifyPackage: manager.input(z.object({ packageId: packageIdSchema })).output(verifyResultSchema),
};
