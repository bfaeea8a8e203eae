import french from './engine.fr.json' with { type: 'json' };
import dutch from './engine.nl.json' with { type: 'json' };
import type { messages } from './messages.ts';

type Language = keyof typeof messages;

/** Words in the reader's language; where there are none, as the engine wrote them, with the language that this is. */
export interface EngineWords {
  words: string;
  language?: 'en';
}

interface Pattern {
  matches: RegExp;
  words: string;
}

/**
 * Alarms and the seal's checks stand in the log in English sentences with their numbers: `#` stands for a number in them, `*` for
 * anything. So what was written years ago is read in every language too.
 */
const patterns: Partial<Record<Language, readonly Pattern[]>> = {
  nl: patternsOf(dutch),
  fr: patternsOf(french),
};

/** What the engine said, in the reader's language: whole, or sentence by sentence where all of them are known. */
export function engineWords(language: Language, english: string): EngineWords {
  const known = patterns[language];
  if (!known) return { words: english };
  const whole = wordsOf(known, language, english);
  if (whole !== undefined) return { words: whole };
  const sentences = english.split(/(?<=\.)\s+/).map((sentence) => wordsOf(known, language, sentence));
  if (sentences.every((sentence) => sentence !== undefined)) return { words: sentences.join(' ') };
  return { words: english, language: 'en' };
}

function wordsOf(known: readonly Pattern[], language: Language, english: string): string | undefined {
  for (const { matches, words } of known) {
    const found = matches.exec(english);
    if (found)
      return words.replace(/\{(\d)\}/g, (_, at: string) => numberIn(language, found[Number(at)] ?? ''));
  }
  return undefined;
}

/** Every number keeps its decimals: they are what was measured. */
function numberIn(language: Language, text: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  const digits = text.split('.')[1]?.length ?? 0;
  const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, { ...exactly, useGrouping: 'min2' }).format(Number(text));
}

function patternsOf(table: Record<string, string>): Pattern[] {
  return Object.entries(table).map(([english, words]) => {
    const literal = english.replace(/[.^$+?()[\]{}|\\]/g, '\\$&');
    return {
      words,
      matches: new RegExp(`^${literal.replaceAll('*', '(.+)').replaceAll('#', '(-?\\d+(?:\\.\\d+)?)')}$`),
    };
  });
}
