import { z } from 'zod';
import { alignmentSchema } from '#shared/domain/alignment.ts';
import { copyCertificateSchema } from '#shared/domain/copy-certificate.ts';
import { passIdSchema } from '#shared/domain/ids.ts';
import { passComparisonSchema } from '#shared/domain/pass-comparison.ts';
import { reportLanguageSchema } from '#shared/domain/qc-report.ts';
import { local, reviewer } from './base.ts';

/** Two passes of one tape. */
const passPairSchema = z.object({ passIdA: passIdSchema, passIdB: passIdSchema });

export const compareContract = {
  /** Which frames of two passes show the same picture, from what was measured of each of them. */
  align: reviewer.input(passPairSchema).output(alignmentSchema),
  /**
   * What both passes have and what only one, which is better where, and which to choose: a proposal. `offsetFrames` lays them on each other
   * by hand: how many frames later B is; else they are aligned.
   */
  passes: reviewer
    .input(passPairSchema.extend({ offsetFrames: z.int().optional() }))
    .output(passComparisonSchema),
  /** Holds a pass's access copy against its master, which takes about as long as playing both; what was found goes into the log. */
  certify: reviewer.input(z.object({ passId: passIdSchema })).output(copyCertificateSchema),
  /** Writes the latest certificate with stills of its worst frames; `to` is an absolute path of a new folder. */
  exportCertificate: local
    .input(
      z.object({ passId: passIdSchema, to: z.string().min(1), language: reportLanguageSchema.default('en') }),
    )
    .output(z.object({ paths: z.array(z.string()) })),
  /** What was certified of a pass, newest first. */
  certificates: reviewer.input(z.object({ passId: passIdSchema })).output(z.array(copyCertificateSchema)),
};
