import { z } from 'zod';

/** Something that can be chosen about a source, in the words of the selection's grammar (`?name=value`). */
export const sourceOptionSchema = z.object({
  /** `video`, `audio`, `mode`, `channels`, `timecode`, `queue`, ... */
  name: z.string(),
  /** What it is, for a person. */
  label: z.string(),
  /** What may be chosen, as this machine's ffmpeg and card say; empty where any text or number does. */
  choices: z.array(z.object({ value: z.string(), name: z.string() })),
  /** What is taken where nothing is chosen; absent where the card's own setting stays. */
  default: z.string().optional(),
  /** Unit of a number: `s`. */
  unit: z.string().optional(),
});
export type SourceOption = z.infer<typeof sourceOptionSchema>;

/** One thing that can be recorded from, as found on a station. */
export const sourceSchema = z.object({
  /** Stable within a station, and a selection that opens it: `simulator`, `decklink:DeckLink SDI 4K`, ... */
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  /** What can be plugged in or played, most likely first. `selection` is the whole text that opens it. */
  inputs: z.array(z.object({ id: z.string(), name: z.string(), selection: z.string() })),
  /** What else can be chosen. */
  options: z.array(sourceOptionSchema),
  /** A live source cannot wait and cannot be played again; a file can. */
  live: z.boolean(),
  /** Why it cannot be used now, and where to get what is lacking, as sentences; absent when it can. */
  unavailable: z.string().optional(),
});
