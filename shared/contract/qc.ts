import { z } from 'zod';
import { intentionIdSchema, passIdSchema } from '#shared/domain/ids.ts';
import { intentionSchema } from '#shared/domain/intention.ts';
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

/** A limit of a check as a line across a graph: the check looks at what lies beyond it. Values are on the graph's own scale. */
const laneLimitSchema = z.object({
  /** Id of a measure, of sound without its channel. */
  measure: z.string(),
  check: z.string(),
  name: z.string(),
  side: z.enum(['above', 'below']),
  value: z.number(),
  unit: z.string(),
  source: z.string(),
});

export const qcContract = {
  checks: reviewer.output(z.array(checkInfoSchema)),
  /** What tapes can be judged as; the one of the tape's format is taken where none is named. */
  profiles: reviewer.output(z.array(z.object({ id: z.string(), name: z.string() }))),
  measures: reviewer.input(z.object({ passId: passIdSchema })).output(z.array(measureInfoSchema)),
  /** Limits in force for a pass that can be drawn across its graphs. */
  limits: reviewer.input(z.object({ passId: passIdSchema })).output(z.array(laneLimitSchema)),
  /** The first frame of the next or previous stretch in which a measure lies beyond a value, by every frame measured. */
  excursion: reviewer
    .input(
      z.object({
        passId: passIdSchema,
        measure: z.string(),
        side: z.enum(['above', 'below']),
        value: z.number(),
        fromFrame: z.int().nonnegative(),
        direction: z.union([z.literal(1), z.literal(-1)]),
      }),
    )
    .output(z.object({ frame: z.int().nonnegative().nullable() })),
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
  /** What was said to be meant by the artist, of the tape that this pass plays. */
  intentions: reviewer.input(z.object({ passId: passIdSchema })).output(z.array(intentionSchema)),
  /**
   * Says that what a check finds belongs to the work: such events stay in sight and count against nothing, on each pass of the
   * tape. Frames are those of this pass; without any it is the whole work.
   */
  intend: technician
    .input(
      z.object({
        passId: passIdSchema,
        check: z.string(),
        channels: z.array(z.int().positive()).min(1).optional(),
        startFrame: z.int().nonnegative().optional(),
        endFrame: z.int().nonnegative().optional(),
        reason: z.string().trim().min(1, 'An intention needs a reason.').max(1_000),
      }),
    )
    .output(intentionSchema),
  withdrawIntention: technician
    .input(
      z.object({
        intentionId: intentionIdSchema,
        reason: z.string().trim().min(1, 'A withdrawal needs a reason.').max(1_000),
      }),
    )
    .output(intentionSchema),
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
