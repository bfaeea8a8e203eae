import english from './limits.en.json' with { type: 'json' };
import french from './limits.fr.json' with { type: 'json' };
import dutch from './limits.nl.json' with { type: 'json' };
import type { messages } from './messages.ts';

type Language = keyof typeof messages;
type Part = keyof typeof dutch;

/** What checks and profiles say of their limits: by the names of limits, else by the English that they say it in. */
const translated: Record<Language, Record<Part, Partial<Record<string, string>>>> = {
  en: english,
  nl: dutch,
  fr: french,
};

/** Words in the reader's language; where there are none, as they were written, with the language that this is. */
export interface LimitWords {
  words: string;
  language?: 'en';
}

/** What a limit is called; one that has no words yet is another limit, and never the name of a variable. */
export function limitName(language: Language, name: string): LimitWords {
  const own = translated[language].names[name];
  if (own !== undefined) return { words: own };
  const inEnglish = translated.en.names[name];
  return inEnglish === undefined
    ? { words: translated[language].names['*'] ?? '' }
    : { words: inEnglish, language: 'en' };
}

/** Where a limit comes from, or what is told of a format. */
export function limitSource(language: Language, source: string): LimitWords {
  return within(language, 'sources', source);
}

/** What is normal for a format, as its profile says it. */
export function normalWords(language: Language, what: string): LimitWords {
  return within(language, 'normal', what);
}

/** A limit's number as people read it, and its unit: shares of one as a percentage, ratios by themselves. */
export function limitFigure(
  language: Language,
  { value, unit }: { value: number; unit: string },
): { value: number; unit: string } {
  const words = translated[language].units[unit] ?? unit;
  // Own: no limit has more than ten digits; a hundredfold of a float has.
  return unit === 'share'
    ? { value: Number((value * 100).toPrecision(10)), unit: words }
    : { value, unit: words };
}

function within(language: Language, part: Part, inEnglish: string): LimitWords {
  const own = translated[language][part][inEnglish];
  if (own !== undefined) return { words: own };
  return language === 'en' ? { words: inEnglish } : { words: inEnglish, language: 'en' };
}
