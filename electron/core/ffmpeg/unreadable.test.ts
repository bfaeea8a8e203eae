import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { locateFfmpeg } from './locate.ts';
import { probe } from './probe.ts';
import { runTool } from './run.ts';

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

it.skipIf(process.platform === 'win32')('waits for nobody who would write into a pipe', async () => {
  const pipe = join(folder, 'pipe.mkv');
  expect((await runTool('mkfifo', [pipe])).reason).toBe('finished');
  await expect(probe(ffprobePath, pipe)).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    problem: `${pipe} is no file.`,
  });
});
