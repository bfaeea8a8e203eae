import type { i18n, TFunction } from 'i18next';
import { engineWords } from '#shared/i18n/engine-words.ts';
import type { Language } from '../../state/preferences.ts';
import { checkTitle } from '../../ui/check-title.ts';
import { bytes, count, decimal, moment } from '../../ui/words.ts';

/** Fields whose values are words of a list that the screens have words for. */
const wordsOf: Partial<Record<string, readonly string[]>> = {
  kind: ['alarm.*.title', 'timecodeBreak.*'],
  reason: ['endReason.*', 'failReason.*'],
  role: ['fileRole.*'],
  severity: ['severity.*'],
  origin: ['origin.*'],
  verdict: ['verdict.said.*'],
  work: ['derivedWork.*'],
  source: ['timecodeSource.*'],
  format: ['format.*'],
  generation: ['generation.*'],
  condition: ['condition.*'],
};

/** Own: a longer list is told by how many it has; all of it is in the event as it is hashed. */
const mostListed = 4;

/** What an event says, field by field, for people; what has fields of its own is told by them. */
export function fieldRows(
  payload: Readonly<Record<string, unknown>>,
  words: i18n,
  t: TFunction,
): (readonly [name: string, value: string])[] {
  return Object.entries(payload)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => [fieldName(name, words, t), valueText(name, value, words, t)] as const);
}

/** `droppedFrames` in words; the name itself in its parts, where this page has none for it. */
function fieldName(name: string, words: i18n, t: TFunction): string {
  const key = `log.field.${name}`;
  if (words.exists(key)) return t(key as 'log.field.reason');
  return name.replace(
    /([a-z0-9])([A-Z])/g,
    (_, end: string, begin: string) => `${end} ${begin.toLowerCase()}`,
  );
}

function valueText(name: string, value: unknown, words: i18n, t: TFunction): string {
  const { language } = words;
  if (typeof value === 'number') {
    if (/bytes$/i.test(name)) return bytes(value, language);
    return Number.isInteger(value) ? count(value, language) : decimal(value, language, 3);
  }
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  if (typeof value === 'string') return textOf(name, value, words, t);
  if (Array.isArray(value)) return listText(name, value, words, t);
  if (typeof value !== 'object' || value === null) return '–';
  const { num, den } = value as { num?: unknown; den?: unknown };
  if (typeof num === 'number' && typeof den === 'number') return den === 1 ? `${num}` : `${num}/${den}`;
  return Object.entries(value)
    .filter(([, one]) => one !== null && one !== '')
    .map(([inner, one]) => `${fieldName(inner, words, t)} ${valueText(inner, one, words, t)}`)
    .join(' · ');
}

function listText(name: string, list: readonly unknown[], words: i18n, t: TFunction): string {
  const isPlain = list.every((one) => typeof one === 'string' || typeof one === 'number');
  // A command is one line, however many words it has.
  if (name === 'argv') return list.join(' ');
  if (list.length > mostListed || !isPlain) return t('log.entries', { count: list.length });
  return list.map((one) => valueText(name, one, words, t)).join(', ');
}

function textOf(name: string, value: string, words: i18n, t: TFunction): string {
  if (/^check(s)?$/.test(name)) return checkTitle(value, words, t);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return moment(value, words.language);
  const key = wordsOf[name]?.map((pattern) => pattern.replace('*', value)).find((one) => words.exists(one));
  return key ? t(key as 'severity.warn') : engineWords(words.language as Language, value).words;
}
