import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checks } from './qc/checks/registry.ts';
import { readVocabulary } from './vocabulary.ts';

test('the shipped terms are named once each, and those of the atlas carry its page', () => {
  const { terms } = readVocabulary(fileURLToPath(new URL('../../resources/', import.meta.url)));
  const twice = (values: readonly string[]) =>
    values.filter((value, index) => values.indexOf(value) !== index);
  expect(twice(terms.map(({ id }) => id))).toEqual([]);
  for (const language of ['en', 'nl', 'fr'] as const) {
    expect(twice(terms.map(({ title }) => title[language]))).toEqual([]);
    // Said in each language's own words.
    expect(twice(terms.map(({ definition }) => definition[language]))).toEqual([]);
  }
  for (const { definition } of terms) expect(new Set(Object.values(definition)).size).toBe(3);
  for (const { atlasName, link } of terms) expect(atlasName === null).toBe(link === null);
  const known = new Set([...checks.map(({ id }) => id), 'dv-errors']);
  expect(terms.flatMap((term) => term.checks).filter((check) => !known.has(check))).toEqual([]);
  const links = terms.flatMap(({ link }) => link ?? []);
  expect(twice(links)).toEqual([]);
  expect(
    links.filter((link) => !/^https:\/\/www\.avartifactatlas\.com\/artifacts\/[\w-]+\.html$/.test(link)),
  ).toEqual([]);
});
