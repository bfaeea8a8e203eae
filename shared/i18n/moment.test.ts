import { expect, it } from 'vitest';
import { wordMoment } from './moment.ts';

it('says a moment in universal time, in the order and the words of each language', () => {
  const said = (['en', 'nl', 'fr'] as const).map((language) =>
    wordMoment('2026-02-03T23:04:05.678Z', language),
  );
  expect(said[0]).toMatch(/^3 February 2026 at 23:04:05 UTC$/);
  expect(said[1]).toMatch(/^3 februari 2026 om 23:04:05 UTC$/);
  expect(said[2]).toMatch(/^3 février 2026 à 23:04:05 UTC$/);
});
