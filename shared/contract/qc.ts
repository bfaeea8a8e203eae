import { z } from 'zod';
import { passIdSchema } from '#shared/domain/ids.ts';
import { qcResultSchema } from '#shared/domain/qc.ts';
import { reportFormatSchema, reportLanguageSchema, writtenReportSchema } from '#shared/domain/qc-report.ts';
import { local, reviewer, technician } from './base.ts';

export const checkInfoSchema = z.object({
  id: z.string(),
  /** Keys in shared/i18n. */
  titleKey: z.string(),
  explanationKey: z.string(),
});

/** One measure of the sample store, as a lane of a graph. */
export const measureInfoSchema = z.object({
  id: z.string(),
  unit: z.string(),
  medium: z.enum(['video', 'audio']),
});

export const qcContract = {
  checks: reviewer.output(z.array(checkInfoSchema)),
  measures: reviewer.input(z.object({ passId: passIdSchema })).output(z.array(measureInfoSchema)),
  /** Measures and judges a pass again. A judgement of some `channels` only (from 1) is shown, and not recorded. */
  measurePass: technician
    .input(
      z.object({
        passId: passIdSchema,
        profileId: z.string().optional(),
        channels: z.array(z.int().positive()).min(1).optional(),
      }),
    )
    .output(qcResultSchema),
  /** Any media file on this machine; writes nothing into the log. */
  measureFile: local
    .input(z.object({ path: z.string(), profileId: z.string().optional() }))
    .output(qcResultSchema),
  /** Writes what was measured of a pass as a file for other tools or people. `to` is an absolute path where nothing is yet. */
  reportPass: local
    .input(
      z.object({
        passId: passIdSchema,
        profileId: z.string().optional(),
        format: reportFormatSchema,
        language: reportLanguageSchema.default('en'),
        to: z.string().min(1),
      }),
    )
    .output(writtenReportSchema),
};
