import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makePreflightFolder, sweepPreflightFolders } from './preflight-folder.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-sweep-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('sweeps what a killed measurement left, and nothing else', async () => {
  const left = await makePreflightFolder(folder);
  const put = async (path: string) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'frames');
  };
  await put(join(left, 'source.nut'));
  await put(join(left, 'whole.mkv'));
  const foreign = ['.preflight-abcdef/holiday.mov', '.preflight-notes/source.nut', 'A-1/A-1_p1.mkv'];
  for (const name of foreign) await put(join(folder, name));
  await mkdir(join(folder, '.preflight-ghijkl/whole.mkv'), { recursive: true });
  await writeFile(join(folder, '.preflight-mnopqr'), 'a file of this name');
  const before = (await readdir(folder)).sort();
  // It may be another engine's that measures now.
  await sweepPreflightFolders(folder, Date.now());
  expect((await readdir(folder)).sort()).toEqual(before);
  await sweepPreflightFolders(folder, Date.now() + 61_000);
  expect((await readdir(folder)).sort()).toEqual(before.filter((name) => join(folder, name) !== left));
  for (const name of foreign) expect(await readdir(dirname(join(folder, name)))).toHaveLength(1);
});
