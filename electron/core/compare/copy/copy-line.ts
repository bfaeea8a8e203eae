import type { CopyCheck, CopyLine, Figure, Phrase } from '#shared/domain/copy-certificate.ts';
import { wordPhrases } from '#shared/i18n/line-words.ts';
import type { Messages } from '#shared/i18n/messages.ts';

/** What a line says, by keys of `compare.said`. */
interface Said {
  expected: Phrase;
  measured: Phrase | readonly Phrase[];
  source: Phrase;
  values?: Record<string, number>;
}

/** One line of a certificate, from numbers. `undefined` for ok: nothing to tell it by. */
export function copyLine(id: CopyCheck, ok: boolean | undefined, said: Said): CopyLine {
  const values = Object.entries(said.values ?? {}).map(([name, value]) => [name, rounded(value)]);
  const phrases = { expected: [said.expected], measured: [said.measured].flat(), source: [said.source] };
  return {
    id,
    state: ok === undefined ? 'not-told' : ok ? 'ok' : 'failed',
    expected: wordPhrases(phrases.expected, 'en'),
    measured: wordPhrases(phrases.measured, 'en'),
    values: Object.fromEntries(values),
    source: wordPhrases(phrases.source, 'en'),
    said: phrases,
  };
}

/** A sentence of `compare.said`: numbers are figures, strings are names that are the same in every language. */
export function phrase(
  key: keyof Messages['compare']['said'],
  values: Record<string, Figure | string> = {},
): Phrase {
  const entries = Object.entries(values);
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const figures = entries.filter((entry): entry is [string, Figure] => typeof entry[1] !== 'string');
  return {
    key,
    ...(figures.length === 0 ? {} : { figures: Object.fromEntries(figures) }),
    ...(texts.length === 0 ? {} : { texts: Object.fromEntries(texts) }),
  };
}

/** A number with its unit, said with so many digits behind the point. */
export function figure(value: number, unit: Figure['unit'] = '', digits = 0): Figure {
  return { value: rounded(value), unit, digits };
}

/** What is a hair below zero is zero, without a minus. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4 + 0;
}
