import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseDocument } from '#shared/domain/document.ts';

/**
 * What a card knows about itself, kept in one small JSON file that is replaced atomically at least four times a
 * second. It outlives the engine, so that an engine that starts again can state what was lost.
 */
export const cardReportSchema = z.object({
  /** `gone`: the device itself went away while it was read from. */
  state: z.enum(['waiting', 'playing', 'reader-gone', 'ended', 'failed', 'gone']),
  /** Process that plays the card (the simulator); undefined for hardware. */
  pid: z.int().optional(),
  /** Frames the card has taken off the tape so far, lost ones included. */
  capturedFrames: z.int(),
  /** Frames handed to the reader. */
  deliveredFrames: z.int(),
  /** Frames thrown away because the queue was full. */
  droppedFrames: z.int(),
  queuedFrames: z.int(),
  queueCapacityFrames: z.int(),
  /** Every run of dropped frames: first tape frame, count. */
  drops: z.array(z.object({ firstFrame: z.int(), frames: z.int() })),
  signal: z.enum(['present', 'lost']),
  /** What the card sees now and since which frame, where that is not what it was opened for. */
  changedFormat: z
    .object({
      fromFrame: z.int(),
      standard: z.string(),
      width: z.int(),
      height: z.int(),
      frameRate: z.object({ num: z.int(), den: z.int() }),
    })
    .optional(),
  /** Wall clock in milliseconds since 1970 of this report. */
  atMs: z.number(),
  /** Why the card stopped, as a sentence, when state is `failed` or `gone`. */
  problem: z.string().optional(),
});

export type CardReport = z.infer<typeof cardReportSchema>;

/** The card's latest report; undefined before the first one. HelicalError FILE_UNREADABLE for one that does not fit. */
export async function readCardReport(path: string): Promise<CardReport | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return parseDocument(text, cardReportSchema, {
    name: `The card's report ${path}`,
    code: 'FILE_UNREADABLE',
  });
}
