import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { copyHashListHead, summariseHashList } from './hash-list.ts';
import { isMasterClosed } from './master-closed.ts';
import { reservePassFiles } from './pass-files.ts';
import { findProcessWithArgument, isSameProcess, processStart } from './process-identity.ts';

const tools = await locateFfmpeg();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a name of which any file is there is never used again', async () => {
  const folders = { mastersDir: folder, derivedDir: folder, cacheDir: folder };
  const first = await reservePassFiles(folders, 'A 1', 1);
  const second = await reservePassFiles(folders, 'A 1', 1);
  expect([first.base, second.base]).toEqual(['A 1_p1', 'A 1_p1-2']);
  await writeFile(join(first.folder, 'a 1_P2.MKV'), 'somebody else');
  expect((await reservePassFiles(folders, 'A 1', 2)).base).toBe('A 1_p2-2');
  const several = await Promise.all(Array.from({ length: 8 }, () => reservePassFiles(folders, 'B', 1)));
  expect(new Set(several.map(({ base }) => base)).size).toBe(8);
});

test('a process is known by its start, not by its number, and a dead one is not taken for alive', async () => {
  const marker = join(folder, 'marker');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', marker], { stdio: 'ignore' });
  await once(child, 'spawn');
  const pid = child.pid as number;
  const start = (await processStart(pid)) as string;
  expect(await isSameProcess(pid, start)).toBe(true);
  expect(await isSameProcess(pid, `${start}0`)).toBe(false);
  expect(await isSameProcess(process.pid, start)).toBe(false);
  if (process.platform === 'linux') expect(findProcessWithArgument(marker)).toBe(pid);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await isSameProcess(pid, start)).toBe(false);
  expect(findProcessWithArgument(marker)).toBeUndefined();
});

test('a file that was cut anywhere is not taken for a closed one', async () => {
  const whole = join(folder, 'whole.mkv');
  const made = await runTool(tools.ffmpegPath, [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=0.4', '-c:v', 'ffv1', whole],
  ]);
  expect(made.reason).toBe('finished');
  expect(await isMasterClosed(whole)).toBe(true);
  expect(await isMasterClosed(join(folder, 'absent.mkv'))).toBe(false);
  const bytes = await readFile(whole);
  for (const length of [0, 1, 20, 60, 500, bytes.length >> 1, bytes.length - 1]) {
    const cut = join(folder, 'cut.mkv');
    await writeFile(cut, bytes.subarray(0, length));
    expect(await isMasterClosed(cut), `${length} bytes`).toBe(false);
  }
});

test('a hash list is cut to its first rows, and a line that a crash has cut does not count', async () => {
  const hash = '0123456789abcdef0123456789abcdef';
  const row = (stream: number, index: number) => `${stream}, ${index}, ${index}, 1, 10, ${hash}`;
  const rows = [0, 1, 2].flatMap((index) => [row(0, index), row(1, index)]);
  const path = join(folder, 'list.framemd5');
  await writeFile(path, `#version: 2\n#hash: MD5\n${rows.join('\n')}\n0, 3, 3, 1, 10, 0123`);
  expect((await summariseHashList(path, 2)).rows).toEqual([3, 3]);
  expect((await summariseHashList(path, 2)).tails.map((tail) => tail.map(({ pts }) => pts))).toEqual([
    [1, 2],
    [1, 2],
  ]);
  const head = join(folder, 'head.framemd5');
  const { marks } = await summariseHashList(path, 2);
  await copyHashListHead(path, head, 2, marks);
  expect(await readFile(head, 'utf8')).toBe(`#version: 2\n#hash: MD5\n${rows.slice(0, 4).join('\n')}\n`);
  await expect(copyHashListHead(path, head, 1, marks)).rejects.toMatchObject({ code: 'EEXIST' });
});

test('of a long list, what lies in front of the last rows is copied as it is, and not a row too many', async () => {
  const hash = '0123456789abcdef0123456789abcdef';
  const head = '#version: 2\n#tb 0: 1/25\n#tb 1: 1/48000\n';
  // A stream that is behind, as the second one is written in larger blocks.
  const rows = Array.from({ length: 30_000 }, (_, at) => ({ stream: at % 3 === 2 ? 1 : 0, at }));
  const line = ({ stream, at }: { stream: number; at: number }) =>
    `${stream}, ${at}, ${at}, 1, 10, ${hash}\n`;
  const path = join(folder, 'long.framemd5');
  await writeFile(path, `${head}${rows.map(line).join('')}0, 9`);
  const { marks, rows: counts } = await summariseHashList(path, 100);
  expect(counts).toEqual([20_000, 10_000]);
  expect(marks.length).toBeGreaterThan(2);
  for (const kept of [0, 1, 5000, 9999, 15_000, 19_998, 20_000]) {
    const newPath = join(folder, `head-${kept}.framemd5`);
    await copyHashListHead(path, newPath, kept, marks);
    // Of three rows the last is one of the second stream.
    const wanted = rows.filter(
      ({ stream, at }) => (stream === 1 ? (at - 2) / 3 : at - Math.floor(at / 3)) < kept,
    );
    expect((await readFile(newPath, 'utf8')) === `${head}${wanted.map(line).join('')}`, `${kept} rows`).toBe(
      true,
    );
  }
});
