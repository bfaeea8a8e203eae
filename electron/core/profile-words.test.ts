import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { messages } from '#shared/i18n/messages.ts';

const folder = fileURLToPath(new URL('../../resources/profiles/', import.meta.url));

/** Every profile that Helical ships, by its id. */
const shipped = new Map(
  ['master', 'archive', 'qc'].flatMap((kind) =>
    readdirSync(`${folder}${kind}`).map((name) => {
      const { id, ...words } = JSON.parse(readFileSync(`${folder}${kind}/${name}`, 'utf8'));
      return [id as string, words as { name: string; description: string }] as const;
    }),
  ),
);

// Words that are not those of the file are not shown: a station may have written a profile of its own over it.
test('the words of profiles are those that are shipped, letter by letter', () => {
  const { name, description } = messages.en.profile;
  for (const [id, words] of Object.entries(name)) expect([id, words]).toEqual([id, shipped.get(id)?.name]);
  for (const [id, words] of Object.entries(description))
    expect([id, words]).toEqual([id, shipped.get(id)?.description]);
  expect(shipped.size).toBeGreaterThanOrEqual(Object.keys(name).length);
});
