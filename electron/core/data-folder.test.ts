import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataFolder, unusable } from './data-folder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-data-folder-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('openDataFolder', () => {
  it('makes what is absent, and leaves alone what is there', () => {
    const deep = join(folder, 'a', 'b', 'c');
    openDataFolder(deep);
    writeFileSync(join(deep, 'file'), 'kept');
    openDataFolder(deep);
    expect(existsSync(join(deep, 'file'))).toBe(true);
  });

  it('refuses a file, and what would be inside a file', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'x'), join(file, 'x', 'y'), join(folder, 'n'.repeat(300))]) {
      expect(() => openDataFolder(path)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    }
  });

  it('tells a folder that may not be written from one that cannot be', () => {
    for (const code of ['EACCES', 'EPERM', 'EROFS']) {
      expect(unusable('/x', Object.assign(new Error('no'), { code }))).toMatchObject({
        code: 'DEVICE_FAILED',
      });
    }
    expect(unusable('/x', Object.assign(new Error('no'), { code: 'ENOSPC' }))).toMatchObject({
      code: 'DISK_FULL',
      problem: 'The disk of the data folder /x is full.',
    });
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('refuses a read-only folder', () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o555);
    for (const path of [closed, join(closed, 'x')]) {
      expect(() => openDataFolder(path)).toThrow(expect.objectContaining({ code: 'DEVICE_FAILED' }));
    }
  });

  it.skipIf(process.platform !== 'linux')(
    'ends under /proc, where a folder that is absent cannot be made',
    () => {
      const work = `import { openDataFolder } from ${JSON.stringify(join(import.meta.dirname, 'data-folder.ts'))};
      try { openDataFolder('/proc/x/logs'); } catch (error) { console.log(error.code); }`;
      // In a process of its own, since what it must not do is to go on for ever.
      const ended = spawnSync(process.execPath, ['--input-type=module', '-e', work], {
        timeout: 50_000,
        encoding: 'utf8',
        cwd: import.meta.dirname,
      });
      expect([ended.signal, ended.stdout.trim()]).toEqual([null, 'INVALID_INPUT']);
    },
  );
});
