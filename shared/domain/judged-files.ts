import { z } from 'zod';

/** What is known of the files that a pass is judged by. */
export const judgedFilesSchema = z.object({
  /** The access copy as it is now, held against its master: `not-compared` where nobody did; null: there is none. */
  copy: z.enum(['good', 'partly-told', 'wrong', 'not-compared']).nullable(),
  /** The master's file by its size and its date, not by its bytes; null: none is registered. */
  master: z.enum(['as-sealed', 'changed', 'not-there']).nullable(),
  /** When all bytes of the master were last read and found to be those that were sealed; null: never. */
  provedAt: z.iso.datetime().nullable(),
});
export type JudgedFiles = z.infer<typeof judgedFilesSchema>;
