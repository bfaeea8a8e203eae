import { z } from 'zod';
import { recipeSchema } from './recipe.ts';

/** What the adapter asks of the player's process, in one file. */
export const playerJobSchema = z.strictObject({
  recipe: recipeSchema,
  durationS: z.number().positive().optional(),
  cacheDir: z.string(),
  /** Card report (card-report.ts). */
  reportPath: z.string(),
  /** Where it is kept that the card has gone away, and when it is back (`card-memory.ts`). */
  memoryPath: z.string(),
  /** The card's list of timecodes (ffmpeg/timecode-list.ts). */
  timecodePath: z.string(),
  /** Written once the player listens: `{"port": 40123}`. */
  readyPath: z.string(),
  /** The player ends when nobody reads for this long. */
  waitForReaderMs: z.int().positive(),
});

export type PlayerJob = z.infer<typeof playerJobSchema>;

export const playerReadySchema = z.object({ port: z.int() });
