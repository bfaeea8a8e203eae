import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checks } from '#core/qc/checks/registry.ts';
import { sentence } from '#core/qc/reports/event-words.ts';
import { evidenceUnit } from '#shared/domain/evidence-unit.ts';
import { limitFigure, limitName, limitSource, normalWords } from '#shared/i18n/limit-words.ts';
import { messages } from '#shared/i18n/messages.ts';

const folder = fileURLToPath(new URL('../../resources/profiles/qc/', import.meta.url));

interface Profile {
  checks: Record<string, { limits?: Record<string, { source: string }> }>;
  normal?: { what: string; source: string }[];
}

const profiles = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(`${folder}${name}`, 'utf8')) as Profile,
);
const limits = checks.flatMap((check) => Object.entries(check.limits));
const normal = profiles.flatMap((profile) => profile.normal ?? []);
const sources = [
  ...limits.map(([, { source }]) => source),
  ...normal.map(({ source }) => source),
  ...profiles.flatMap(({ checks }) =>
    Object.values(checks).flatMap((one) => Object.values(one.limits ?? {}).map(({ source }) => source)),
  ),
];

/** A citation is the same in every language; our own reasons, which we word ourselves, are not. */
const isOurs = (source: string) => /\bOwn: |\bown margin\b|^Window\b/.test(source);

test.each(['nl', 'fr'] as const)(
  'a report in %s says limits, why they are so, and what is normal',
  (language) => {
    const asked = [
      ...sources.filter(isOurs).map((source) => [source, limitSource(language, source)] as const),
      ...normal.map(({ what }) => [what, normalWords(language, what)] as const),
    ];
    const all = new Map(asked);
    const missing = [...all].filter(([, said]) => said.language !== undefined).map(([english]) => english);
    // One that is new stands in English for a while, and is marked so: not one in twenty.
    expect(missing.length, missing.join('\n')).toBeLessThan(all.size / 20);
    expect(limitFigure(language, { value: 3, unit: 'frames' }).unit).not.toBe('frames');
  },
);

test.each(['en', 'nl', 'fr'] as const)(
  'every limit has a name in words in %s, and none of a variable',
  (language) => {
    const other = limitName(language, 'notALimitOfAnyCheck').words;
    const unnamed = [...new Set(limits.map(([name]) => name))].filter((name) => {
      const { words, language: said } = limitName(language, name);
      return said !== undefined || words === other || /[a-z][A-Z]/.test(words);
    });
    expect(unnamed).toEqual([]);
  },
);

test('shares are told in percent, without the dust of floats', () => {
  expect(limitFigure('en', { value: 0.07, unit: 'share' })).toEqual({ value: 7, unit: '%' });
  expect(limitFigure('fr', { value: 1.3, unit: 'factor' })).toEqual({ value: 1.3, unit: '' });
});

test.each(['en', 'nl', 'fr'] as const)(
  'no number of a finding stands under the name of a variable in %s',
  (language) => {
    const named = checks.flatMap((check) => check.evidence);
    expect(
      [...new Set(named)].filter((name) => sentence(language, `qc.evidence.${name}`) === undefined),
    ).toEqual([]);
  },
);

test('every number of a finding that has a name has a unit', () => {
  const inWords = ['field', 'barsSet'];
  const named = new Set([
    ...checks.flatMap((check) => check.evidence),
    ...Object.keys(messages.en.qc.evidence),
  ]);
  expect(
    [...named].filter((name) => !inWords.includes(name) && evidenceUnit(name, {}) === undefined),
  ).toEqual([]);
});
