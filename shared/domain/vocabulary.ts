import { z } from 'zod';
import { noteMedia } from './note.ts';

const inLanguages = z.strictObject({ en: z.string().min(1), nl: z.string().min(1), fr: z.string().min(1) });

/**
 * A name for what can be wrong with a tape's picture or sound. Names that the AV Artifact Atlas uses carry the address of its
 * page; what is said of them here is our own. Where the thing comes from is no part of a term: the same fault can be on the
 * tape or of its playing.
 */
export const vocabularyTermSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** The name in the AV Artifact Atlas; null where it has none. */
  atlasName: z.string().min(1).nullable(),
  link: z.url({ protocol: /^https$/ }).nullable(),
  media: z.array(z.enum(noteMedia)).min(1),
  /** Checks whose findings it names. */
  checks: z.array(z.string()),
  title: inLanguages,
  definition: inLanguages,
});
export type VocabularyTerm = z.infer<typeof vocabularyTermSchema>;

export const vocabularySchema = z.strictObject({
  id: z.string(),
  /** Where the names come from. */
  source: z.string(),
  terms: z.array(vocabularyTermSchema),
});
export type Vocabulary = z.infer<typeof vocabularySchema>;
