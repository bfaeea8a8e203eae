import french from './limits.fr.json' with { type: 'json' };
import dutch from './limits.nl.json' with { type: 'json' };
import type { messages } from './messages.ts';

type Language = keyof typeof messages;
type Part = keyof typeof dutch;

/** What checks and profiles say of their limits, by the English that they say it in. */
const translated: Record<string, Record<Part, Partial<Record<string, string>>>> = { nl: dutch, fr: french };

/** Words in the reader's language; where there are none, as they were written, with the language that this is. */
export interface LimitWords {
  words: string;
  language?: 'en';
}

/** The name of a limit: `minimumSeconds` as `minimum seconds`. */
export function limitName(language: Language, name: string): LimitWords {
  const plain = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return within(language, 'names', name, plain);
}

/** Where a limit comes from, or what is told of a format. */
export function limitSource(language: Language, source: string): LimitWords {
  return within(language, 'sources', source, source);
}

/** What is normal for a format, as its profile says it. */
export function normalWords(language: Language, what: string): LimitWords {
  return within(language, 'normal', what, what);
}

/** The unit of a limit; symbols are the same everywhere. */
export function limitUnit(language: Language, unit: string): string {
  return translated[language]?.units[unit] ?? unit;
}

function within(language: Language, part: Part, key: string, english: string): LimitWords {
  if (language === 'en') return { words: english };
  const own = translated[language]?.[part][key];
  return own === undefined ? { words: english, language: 'en' } : { words: own };
}
