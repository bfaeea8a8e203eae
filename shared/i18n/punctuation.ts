import type { messages } from './messages.ts';

/** A colon as the language sets it: French puts a space before it that no line ends in. */
export function colon(language: keyof typeof messages): string {
  return language === 'fr' ? '\u00a0:' : ':';
}

/** A semicolon, in the same way; its space is narrow. */
export function semicolon(language: keyof typeof messages): string {
  return language === 'fr' ? '\u202f;' : ';';
}
