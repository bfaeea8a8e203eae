import {
  type CopyComparison,
  type CopyLine,
  type Figure,
  type Phrase,
  verdictOnCopy,
  type WorstFrame,
} from '#shared/domain/copy-certificate.ts';
import { messages } from './messages.ts';
import { semicolon } from './punctuation.ts';

type Language = keyof typeof messages;

/** A line of a certificate in words; `language` is that of the words, which is English where a line has no others. */
export interface LineWords {
  language: Language;
  expected: string;
  measured: string;
  source: string;
}

/** Says a line in a language. Lines that were kept before there were figures, and those of a later version, as they were written. */
export function wordLine({ said, expected, measured, source }: CopyLine, language: Language): LineWords {
  const written = { language: 'en', expected, measured, source } as const;
  if (!said || Object.values(said).some((phrases) => !phrases.every(isKnown))) return written;
  return {
    language,
    expected: wordPhrases(said.expected, language),
    measured: wordPhrases(said.measured, language),
    source: wordPhrases(said.source, language),
  };
}

/** Phrases, one behind the other. @throws RangeError for a key that is not in `compare.said`. */
export function wordPhrases(phrases: readonly Phrase[], language: Language): string {
  return phrases.map((phrase) => wordPhrase(phrase, language)).join(`${semicolon(language)} `);
}

function wordPhrase({ key, figures = {}, texts = {} }: Phrase, language: Language): string {
  const { said } = messages[language].compare;
  if (!(key in said)) throw new RangeError(`there is no compare.said.${key}`);
  return said[key as keyof typeof said].replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const figure = figures[name];
    return figure ? wordFigure(figure, language) : (texts[name] ?? whole);
  });
}

function isKnown({ key }: Phrase): boolean {
  return key in messages.en.compare.said;
}

/** `12.3 dB`, `1 frame`, `1400 frames`: never a zero with a minus, and no group of four digits. */
function wordFigure({ value, unit, digits }: Figure, language: Language): string {
  const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const number = new Intl.NumberFormat(language, {
    ...exactly,
    signDisplay: 'negative',
    useGrouping: 'min2',
  }).format(value);
  if (unit === '') return number;
  const forms: Record<string, string> = messages[language].compare.unit;
  const form = new Intl.PluralRules(language, exactly).select(Math.abs(value));
  const counted = forms[`${unit}_${form}`];
  return counted ? counted.replace('{{value}}', number) : `${number} ${unit}`;
}

/** `PSNR 34.21 dB`: what a frame that is among the worst is worth. */
export function wordWorst(
  { measure, value }: Pick<WorstFrame, 'measure' | 'value'>,
  language: Language,
): string {
  const figure: Figure =
    measure === 'psnr' ? { value, unit: 'dB', digits: 2 } : { value, unit: '', digits: 4 };
  return `${measure.toUpperCase()} ${wordFigure(figure, language)}`;
}

/** What all lines come to, in one sentence: where some could not be told, with how many and which. */
export function wordVerdict(lines: readonly Pick<CopyLine, 'id' | 'state'>[], language: Language): string {
  const { check, page } = messages[language].compare;
  const { verdict, notTold } = verdictOnCopy(lines);
  if (verdict !== 'partly-told') return verdict === 'good' ? page.good : page.bad;
  return page.partly
    .replace('{{points}}', wordFigure({ value: notTold.length, unit: 'points', digits: 0 }, language))
    .replace('{{names}}', notTold.map((id) => check[id]).join(', '));
}

/** How many pictures were compared, of how many there should be, made of how many frames of the master. */
export function wordCompared(
  comparison: Pick<CopyComparison, 'framesCompared' | 'framesExpected' | 'picturesPerFrame'>,
  language: Language,
): string {
  const { framesCompared, framesExpected, picturesPerFrame } = comparison;
  const frames = framesExpected / (picturesPerFrame?.master ?? 1);
  const counted = (value: number, unit: Figure['unit']) => wordFigure({ value, unit, digits: 0 }, language);
  if (!picturesPerFrame) return `${counted(framesCompared, '')} / ${counted(framesExpected, '')}`;
  return messages[language].compare.page.comparedOf
    .replace('{{compared}}', counted(framesCompared, ''))
    .replace('{{expected}}', counted(framesExpected, ''))
    .replace('{{frames}}', counted(frames, 'frames'));
}
