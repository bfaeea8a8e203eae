import { z } from 'zod';
import { alignmentSchema } from '#shared/domain/alignment.ts';
import { passIdSchema } from '#shared/domain/ids.ts';
import { reviewer } from './base.ts';

/** Two passes of one tape. */
const passPairSchema = z.object({ passIdA: passIdSchema, passIdB: passIdSchema });

export const compareContract = {
  /** Which frames of two passes show the same picture, from what was measured of each of them. */
  align: reviewer.input(passPairSchema).output(alignmentSchema),
};
