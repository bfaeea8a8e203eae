import { expect, it } from 'vitest';
import { wordLine } from '#shared/i18n/line-words.ts';
import { digestLine } from './digest-line.ts';

const [sealed, other] = ['a'.repeat(64), 'b'.repeat(64)];

it('fails a master whose bytes are not those that were sealed, and says both digests', () => {
  expect(digestLine(sealed, sealed)).toMatchObject({ id: 'master', state: 'ok' });
  const line = digestLine(sealed, other);
  expect(line.state).toBe('failed');
  for (const language of ['en', 'nl', 'fr'] as const) {
    expect(wordLine(line, language).expected).toContain(sealed);
    expect(wordLine(line, language).measured).toContain(other);
  }
});
