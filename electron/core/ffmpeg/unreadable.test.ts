import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { locateFfmpeg } from './locate.ts';
import { probe } from './probe.ts';

const { ffprobePath } = await locateFfmpeg();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-unreadable-'));
  writeFileSync(join(folder, 'note.mkv'), 'a note, and no recording');
  writeFileSync(join(folder, 'empty.mkv'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['nowhere.mkv', /^There is no file .*nowhere\.mkv\.$/],
  ['note.mkv/in-a-file.mkv', /^There is no file /],
  ['.', /is a folder\.$/],
  ['empty.mkv', /is empty\.$/],
  ['note.mkv', /is no recording that can be read, or its beginning is damaged\.$/],
])('%s is refused in words of our own', async (name, problem) => {
  const refused = await probe(ffprobePath, join(folder, name)).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: 'FILE_UNREADABLE',
    problem: expect.stringMatching(problem),
    remedy: expect.stringMatching(/^[A-Z].*\.$/),
  });
  expect(String(refused)).not.toMatch(/ENO|ffprobe|Invalid data/);
});
