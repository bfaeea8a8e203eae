import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { VideoFormat } from '#shared/domain/formats.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { PassFiles } from './pass-files.ts';
import { clearLeftovers, sourceFolder } from './pass-leftovers.ts';
import { isSameProcess } from './process-identity.ts';
import type { RecorderRecord } from './recorder-record.ts';
import { identifyWriter, untilWritten } from './source-writer.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-writer-'));
const started: ChildProcess[] = [];
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const folders = {
  mastersDir: join(folder, 'masters'),
  derivedDir: join(folder, 'derived'),
  cacheDir: folder,
};
const pass = { id: '0190a000-0000-7000-8000-000000000001' as PassId, tapeIdentifier: 'A-1' };
const source = sourceFolder(folders, pass.tapeIdentifier, pass.id);
const path = join(source, 'tape.dv');
const video = { height: 576, pixelFormat: 'yuv420p' } as VideoFormat;
const files = { progressPath: join(folder, 'progress'), timecodePath: join(folder, 't') } as PassFiles;

/** A process of the source's own, as an engine that is gone may have left it. */
async function write() {
  await mkdir(source, { recursive: true });
  await writeFile(path, Buffer.alloc(3 * 144_000));
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  started.push(child);
  const writer = await identifyWriter({ writer: { pid: child.pid as number, path } });
  if (!writer) throw new Error('it has ended');
  return { child, writer };
}
const recordingOf = (writer: RecorderRecord['writer'], recovery: object | null = null) => ({
  files: { ...files, timecodeListPath: join(folder, 'list') },
  record: { writer, recovery, cardReportPath: null } as RecorderRecord,
});

it('is ended by its record, and what it wrote goes only where the master is whole', async () => {
  const first = await write();
  expect(await clearLeftovers(folders, pass, recordingOf(first.writer), false)).toBe(path);
  expect(await isSameProcess(first.writer.pid, first.writer.start)).toBe(false);
  expect(existsSync(path)).toBe(true);
  // Sealed, but of what a crash left: the deck gave more than is in the master.
  expect(await clearLeftovers(folders, pass, recordingOf(first.writer, { framesLost: 9 }), true)).toBe(path);
  expect(existsSync(path)).toBe(true);
  expect(await clearLeftovers(folders, pass, recordingOf(first.writer), true)).toBeUndefined();
  expect(existsSync(source)).toBe(false);
});

it('ends a recording when it has ended and everything was taken, not when the deck pauses', async () => {
  const { child, writer } = await write();
  let taken = 3;
  let asked = 0;
  const stopping = new AbortController();
  const written = untilWritten(
    { writer, video },
    async () => {
      asked += 1;
      // The recorder is behind at first.
      return asked < 3 ? taken - 1 : taken;
    },
    stopping.signal,
  );
  expect(asked).toBe(0);
  child.kill('SIGTERM');
  expect(await written).toBe('written');
  expect(asked).toBe(3);
  taken = 2;
  expect(await untilWritten({ writer, video }, async () => taken, stopping.signal, 100)).toBe('written');
  stopping.abort();
  expect(await untilWritten({ writer, video }, async () => taken, stopping.signal)).toBeUndefined();
});
