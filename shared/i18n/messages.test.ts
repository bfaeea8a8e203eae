import { describe, expect, test } from 'vitest';
import { eventPayloads } from '#shared/domain/events.ts';
import {
  alarmKinds,
  derivedWorks,
  endReasons,
  failReasons,
  fileRoles,
  passStates,
  timecodeBreaks,
} from '#shared/domain/pass.ts';
import { carrierFormats, conditions, generations, tapeStates } from '#shared/domain/tape.ts';
import frenchEngine from './engine.fr.json' with { type: 'json' };
import frenchFound from './found.fr.json' with { type: 'json' };
import frenchLimits from './limits.fr.json' with { type: 'json' };
import { messages } from './messages.ts';

/** Every sentence by its whole key. */
function flat(node: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(node)) {
    const key = path ? `${path}.${name}` : name;
    if (typeof value === 'string') found.set(key, value);
    else for (const [inner, text] of flat(value as object, key)) found.set(inner, text);
  }
  return found;
}

/** Languages differ in their plural forms (French has one for millions): the forms of one key count as that key. */
const plain = (key: string) => key.replace(/_(one|two|few|many|other)$/, '');
const keysOf = (language: object) => [...new Set([...flat(language).keys()].map(plain))].sort();
const placeholders = (text: string) => [...new Set(text.match(/\{\{\s*\w+/g) ?? [])].sort();

const english = flat(messages.en);

describe.each(['nl', 'fr'] as const)('%s', (language) => {
  test('has every key of English and no other', () => {
    expect(keysOf(messages[language])).toEqual(keysOf(messages.en));
  });

  test('has a form for each plural that the language knows', () => {
    const words = flat(messages[language]);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const plurals = [...english.keys()].filter((key) => key.endsWith('_other')).map(plain);
    const missing = plurals
      .flatMap((key) => forms.map((form) => `${key}_${form}`))
      .filter((key) => !words.has(key));
    expect(missing).toEqual([]);
  });

  test('fills the same values into each sentence', () => {
    const differing = [...flat(messages[language])].filter(([key, text]) => {
      const original = english.get(key) ?? english.get(`${plain(key)}_other`) ?? '';
      return placeholders(text).join() !== placeholders(original).join();
    });
    expect(differing).toEqual([]);
  });

  test('leaves no sentence empty', () => {
    expect([...flat(messages[language])].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

describe('words for what the domain names', () => {
  const keys = new Set(english.keys());
  const named: [string, readonly string[]][] = [
    ['event', Object.keys(eventPayloads)],
    ['timeline', Object.keys(eventPayloads)],
    ['passState', passStates],
    ['tapeState', tapeStates],
    ['endReason', endReasons],
    ['alarm', alarmKinds.flatMap((kind) => [`${kind}.title`, `${kind}.means`, `${kind}.do`])],
    ['derivedWork', derivedWorks],
    ['timecodeBreak', timecodeBreaks],
    ['failReason', failReasons],
    ['fileRole', fileRoles],
    ['format', carrierFormats],
    ['generation', generations],
    ['condition', conditions],
  ];
  test.each(named)('%s', (area, names) => {
    expect(names.map((name) => `${area}.${name}`).filter((key) => !keys.has(key))).toEqual([]);
  });
});

test('no French line begins with a colon, and none stands without its space', () => {
  const said: string[] = [];
  JSON.stringify([messages.fr, frenchFound, frenchEngine, frenchLimits], (_, value) => {
    if (typeof value === 'string') said.push(value);
    return value;
  });
  const flat = said.join('\n');
  expect(flat.match(/.{12} [:;?!»](?=\s|$).{6}/g) ?? []).toEqual([]);
  expect(flat.match(/[a-zé)»}][:;](?=\s).{6}/g) ?? []).toEqual([]);
});
