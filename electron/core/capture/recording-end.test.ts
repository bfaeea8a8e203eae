import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endReasonOf } from './recording-end.ts';
import { wasSignalled } from './source-fate.ts';

const unasked = { exitCode: 0, frames: 100, planned: null, wasSignalled: false, isSourceAtEnd: false };

test.each([
  ['the source ended', {}, 'source-ended'],
  ['unseen, and nothing else is known', { exitCode: null }, 'source-ended'],
  ["somebody's signal", { exitCode: 255, wasSignalled: true }, 'ended-from-outside'],
  ["somebody's signal, unseen", { exitCode: null, wasSignalled: true }, 'ended-from-outside'],
  ['a signal after the source was at its end', { wasSignalled: true, isSourceAtEnd: true }, 'source-ended'],
  ['the length that was asked for', { planned: 100, wasSignalled: true }, 'duration'],
  ['a failure', { exitCode: 1 }, 'recorder-failed'],
] as const)('a recording that nobody asked to end: %s', (_, changes, reason) => {
  expect(endReasonOf({ ...unasked, ...changes })).toBe(reason);
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-end-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a signal is known by the exit code, and where that was not seen by the log', async () => {
  const recorderLogPath = join(folder, 'a.recorder.log');
  await writeFile(recorderLogPath, '[info] video:100kB audio:0kB\n');
  expect(await wasSignalled({ recorderLogPath }, 255)).toBe(true);
  expect(await wasSignalled({ recorderLogPath }, null)).toBe(false);
  expect(await wasSignalled({ recorderLogPath }, 0)).toBe(false);
  await writeFile(recorderLogPath, '[info] video:100kB\n[info] Exiting normally, received signal 15.\n');
  expect(await wasSignalled({ recorderLogPath }, null)).toBe(true);
});
