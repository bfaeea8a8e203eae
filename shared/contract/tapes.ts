import { z } from 'zod';
import { tapeDescriptionSchema, tapeSchema, tapeStandings } from '#shared/domain/tape.ts';
import { reviewer, technician } from './base.ts';

export const importProblemSchema = z.object({ row: z.int(), column: z.string(), message: z.string() });

/** One line of a tape's timeline: an event of the log, in words. */
export const timelineEntrySchema = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  type: z.string(),
  /** Key of the sentence in shared/i18n, with its values. */
  summary: z.object({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }),
  passId: z.string().nullable(),
  /** Who did it, by name; empty where nobody did, or where the name was erased. */
  by: z.string(),
});

export const tapesContract = {
  list: reviewer
    .input(
      z.object({
        filter: z.string().default(''),
        states: z.array(z.enum(tapeStandings)).default([]),
        sortBy: z
          .enum(['identifier', 'title', 'artist', 'format', 'state', 'lastEventAt'])
          .default('identifier'),
        descending: z.boolean().default(false),
        offset: z.int().nonnegative().default(0),
        limit: z.int().positive().max(1000).default(200),
      }),
    )
    .output(z.object({ rows: z.array(tapeSchema), total: z.int() })),
  register: technician.input(tapeDescriptionSchema).output(tapeSchema),
  /** All rows or none. `dryRun` only reports. `columnMap` names the tape's field for a column of the file. */
  import: technician
    .input(
      z.object({
        csv: z.string(),
        columnMap: z.record(z.string(), z.string()).default({}),
        dryRun: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        rows: z.int(),
        created: z.int(),
        problems: z.array(importProblemSchema),
        /** Columns of the list that name nothing that is kept. */
        ignoredColumns: z.array(z.string()),
      }),
    ),
  /** By id or by identifier. */
  show: reviewer
    .input(z.object({ tape: z.string() }))
    .output(z.object({ tape: tapeSchema, timeline: z.array(timelineEntrySchema) })),
};
