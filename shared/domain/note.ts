import { z } from 'zod';
import { noteIdSchema, passIdSchema, personIdSchema } from './ids.ts';
import { origins } from './origin.ts';
import { severities } from './qc.ts';

/** A part of the picture, in samples of the stored frame; 0, 0 is its first. */
export const pictureRegionSchema = z.object({
  x: z.int().nonnegative(),
  y: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
});
export type PictureRegion = z.infer<typeof pictureRegionSchema>;

export const noteMedia = ['video', 'audio'] as const;

/** What a person writes of a pass; the part of a note that is said, not recorded. */
export const noteContentSchema = z.object({
  /** One frame where both are the same. */
  startFrame: z.int().nonnegative(),
  /** Inclusive. */
  endFrame: z.int().nonnegative(),
  /** Null: the whole picture. */
  region: pictureRegionSchema.nullable().default(null),
  /** The frame of the master that shows it; its bytes come from the frame's own address. */
  stillFrame: z.int().nonnegative().nullable().default(null),
  /** Id of a term of the vocabulary. */
  term: z.string().max(80).nullable().default(null),
  medium: z.enum(noteMedia).nullable().default(null),
  origin: z.enum(origins).nullable().default(null),
  severity: z.enum(severities).nullable().default(null),
  words: z.string().trim().max(4_000).default(''),
});
export type NoteContent = z.infer<typeof noteContentSchema>;

export const noteSchema = noteContentSchema.extend({
  id: noteIdSchema,
  passId: passIdSchema,
  notedAt: z.iso.datetime(),
  notedBy: personIdSchema,
  /** Who wrote it down for that person; none: they did. */
  writtenBy: personIdSchema.nullish(),
  /** Null while it stands. A note that was withdrawn stays in sight with the reason. */
  withdrawn: z.object({ at: z.iso.datetime(), by: personIdSchema, reason: z.string() }).nullable(),
});
export type Note = z.infer<typeof noteSchema>;
