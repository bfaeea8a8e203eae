import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEmptyFolder, writeWhole } from './whole-folder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-whole-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const files = [
  { name: 'page.html', data: 'a page' },
  { name: 'one.png', data: Uint8Array.of(1, 2, 3) },
  { name: 'two.png', data: Uint8Array.of(4) },
];

it('writes all files, and leaves alone a folder that holds something', async () => {
  const to = join(folder, 'new', 'within');
  expect(await writeWhole(to, files)).toEqual(files.map(({ name }) => join(to, name)));
  expect(readdirSync(to).toSorted()).toEqual(['one.png', 'page.html', 'two.png']);
  expect(readFileSync(join(to, 'page.html'), 'utf8')).toBe('a page');
  await expect(writeWhole(to, files)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  await expect(writeWhole(join(to, 'one.png'), files)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

it('leaves nothing of what cannot be finished, and takes back the folders that were made for it', async () => {
  const to = join(folder, 'failed', 'within');
  await expect(writeWhole(to, [...files, { name: 'no/such', data: '' }])).rejects.toThrow(/ENOENT/);
  expect(readdirSync(folder)).not.toContain('failed');
  const kept = join(folder, 'kept');
  mkdirSync(kept);
  await expect(writeWhole(kept, [...files, { name: 'no/such', data: '' }])).rejects.toThrow(/ENOENT/);
  expect(readdirSync(kept)).toEqual([]);
  {
    await using place = await openEmptyFolder(join(folder, 'filled'));
    writeFileSync(join(place.path, 'file'), '');
  }
  expect(readdirSync(join(folder, 'filled'))).toEqual(['file']);
});

/** Ends itself the hard way when it reads the name of a file for the nth time: at each writing, and at each moving. */
const killed = (to: string, nth: number) => `
  import { writeWhole } from ${JSON.stringify(join(import.meta.dirname, 'whole-folder.ts'))};
  let read = 0;
  const files = ['page.html', 'one.png'].map((one) => ({ data: 'x'.repeat(10), get name() {
    if (++read === ${nth}) process.kill(process.pid, 'SIGKILL');
    return one;
  }}));
  await writeWhole(${JSON.stringify(to)}, files);`;

it.skipIf(process.platform === 'win32')(
  'killed at any moment, has no page before all else is there, and can be done again',
  async () => {
    for (const nth of [2, 3, 4]) {
      const to = join(folder, `killed-${nth}`);
      const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', killed(to, nth)], {
        cwd: import.meta.dirname,
      });
      expect(signal).toBe('SIGKILL');
      expect(readdirSync(to)).not.toContain('page.html');
      // Between two moves lies less than a millisecond: what was moved by then is for a person to take away.
      rmSync(join(to, 'one.png'), { force: true });
      expect(await writeWhole(to, files)).toHaveLength(3);
      expect(readdirSync(to).toSorted()).toEqual(['one.png', 'page.html', 'two.png']);
    }
  },
);

it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
  'says that a disk is full, and leaves nothing on it (it needs root to mount one)',
  async ({ skip }) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    skip(status !== 0, 'no disk can be mounted here');
    try {
      const tooMuch = [...files, { name: 'large.png', data: new Uint8Array(100_000) }];
      await expect(writeWhole(join(disk, 'to'), tooMuch)).rejects.toMatchObject({
        code: 'DISK_FULL',
        problem: `The disk of ${join(disk, 'to')} is full.`,
      });
      expect(readdirSync(disk)).toEqual([]);
      expect(await writeWhole(join(disk, 'to'), files)).toHaveLength(3);
    } finally {
      spawnSync('umount', [disk]);
    }
  },
);
