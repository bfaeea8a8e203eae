import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fateOfDisk } from './disk-fate.ts';
import { passFiles } from './pass-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-disk-fate-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fateAfter(name: string, log: string) {
  const files = passFiles(join(folder, name), 'A_p1');
  await mkdir(files.folder);
  await writeFile(files.recordPath, '{}');
  await writeFile(files.recorderLogPath, log);
  return fateOfDisk(files);
}

test.each([
  ['[out#0] Error muxing a packet: Input/output error', 'failed'],
  ['[error] av_interleaved_write_frame(): Read-only file system', 'failed'],
  ['[out#0] Error closing file /m/A_p1.mkv: No such device', 'failed'],
  ['[error] Error writing trailer of A_p1.mkv: No space left on device', 'full'],
  ['[out#0] Error submitting a packet to the muxer: Disk quota exceeded', 'full'],
  ['[error] av_interleaved_write_frame(): File too large', 'full'],
  ['[error] av_interleaved_write_frame(): Broken pipe', undefined],
  ['[error] Error during demuxing: Input/output error', undefined],
])('reads %s as a disk that has %s', async (line, kind) => {
  const name = `case-${Buffer.from(line).toString('hex').slice(-24)}-${kind}`;
  expect((await fateAfter(name, `before\n${line}\n`))?.kind).toBe(kind);
});

test('a folder that is not in its place is neither full nor failed', async () => {
  expect(await fateOfDisk(passFiles(join(folder, 'unplugged'), 'A_p1'))).toMatchObject({ kind: 'away' });
});
