import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Recorder, RecorderEnd } from './recorder.ts';
import { endReasonOf, endRecorder } from './recording-end.ts';
import { wasSignalled } from './source-fate.ts';

const unasked = {
  ...{ exitCode: 0, frames: 100, planned: null, wasSignalled: false },
  ...{ isSourceAtEnd: false, isLengthOver: false },
};

test.each([
  ['the source ended', {}, 'source-ended'],
  ['unseen, and nothing else is known', { exitCode: null }, 'source-ended'],
  ["somebody's signal", { exitCode: 255, wasSignalled: true }, 'ended-from-outside'],
  ["somebody's signal, unseen", { exitCode: null, wasSignalled: true }, 'ended-from-outside'],
  ['a signal after the source was at its end', { wasSignalled: true, isSourceAtEnd: true }, 'source-ended'],
  ['the length that was asked for', { planned: 100, wasSignalled: true }, 'duration'],
  ['that length, with frames lost on the way', { planned: 110, isLengthOver: true }, 'duration'],
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

/** A recorder that does not end by itself, and how often it was asked to. */
function busyRecorder() {
  const { promise: ended, resolve: end } = Promise.withResolvers<RecorderEnd>();
  let asked = 0;
  const recorder: Recorder = {
    pid: 1,
    start: '',
    startedAtMs: 0,
    ended,
    reading: () => Promise.reject(new Error('nobody asks')),
    interrupt() {
      asked += 1;
    },
    letGo() {},
  };
  const finish = () => end({ reason: 'closed', exitCode: 255 });
  return { recorder, finish, asked: () => asked };
}
const patience = { sourceMs: 1, stillMs: 60, everyMs: 5 };

test('a recorder whose files still grow is not asked a second time', async () => {
  const { recorder, finish, asked } = busyRecorder();
  let looks = 0;
  const settledBytes = async () => {
    looks += 1;
    if (looks === 40) finish();
    return looks;
  };
  await endRecorder(recorder, async () => {}, { settledBytes }, { ...patience, stillMs: 20_000 });
  expect([looks, asked()]).toEqual([40, 1]);
});

test('nor one whose disk has not taken what was written', async () => {
  const { recorder, finish, asked } = busyRecorder();
  const pending = Promise.withResolvers<number>();
  let isOver = false;
  const ending = endRecorder(recorder, async () => {}, { settledBytes: () => pending.promise }, patience);
  void ending.then(() => {
    isOver = true;
  });
  const startMs = performance.now();
  while (performance.now() - startMs < 3 * patience.stillMs) await new Promise((done) => setImmediate(done));
  expect([isOver, asked()]).toEqual([false, 1]);
  finish();
  await ending;
  expect(asked()).toBe(1);
});

test('one that stands still for long is asked once more', async () => {
  const { recorder, finish, asked } = busyRecorder();
  const interrupt = recorder.interrupt;
  recorder.interrupt = () => {
    interrupt();
    if (asked() === 2) finish();
  };
  await endRecorder(recorder, async () => {}, { settledBytes: async () => 7 }, patience);
  expect(asked()).toBe(2);
});
