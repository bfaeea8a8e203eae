import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from '#shared/domain/document.ts';
import { type Vocabulary, vocabularySchema } from '#shared/domain/vocabulary.ts';

/** The terms of notes, from resources/vocabularies. HelicalError INVALID_INPUT names what does not fit. */
export function readVocabulary(resourcesDir: string): Vocabulary {
  const path = join(resourcesDir, 'vocabularies', 'artefacts.json');
  return parseDocument(readFileSync(path, 'utf8'), vocabularySchema, {
    name: `The vocabulary ${path}`,
    code: 'INVALID_INPUT',
    remedy: 'Mend it, or take the shipped one.',
  });
}
