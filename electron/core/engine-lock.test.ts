import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockHolder, takeLock } from './engine-lock.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-lock-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('takeLock', () => {
  it('lets one engine in, and the next one after it', async () => {
    const path = join(folder, 'one.lock');
    const first = await takeLock(path, 'serve');
    await expect(takeLock(path, 'cli')).rejects.toMatchObject({ code: 'ENGINE_RUNNING' });
    expect(await lockHolder(path)).toMatchObject({ pid: process.pid, host: 'serve' });
    first[Symbol.dispose]();
    expect([existsSync(path), await lockHolder(path)]).toEqual([false, undefined]);
    (await takeLock(path, 'cli'))[Symbol.dispose]();
  });

  it('takes over from a process that is gone, from another that has its number, and from rubbish', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    const path = join(folder, 'dead.lock');
    for (const text of [
      JSON.stringify({ pid: gone.pid, startedAt: 'then', host: 'serve' }),
      JSON.stringify({ pid: process.pid, startedAt: 'at another time', host: 'serve' }),
      '{"pid":',
    ]) {
      writeFileSync(path, text);
      const lock = await takeLock(path, 'cli');
      expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid, host: 'cli' });
      lock[Symbol.dispose]();
    }
  });

  it('lets one of many in at once', async () => {
    const path = join(folder, 'race.lock');
    writeFileSync(path, JSON.stringify({ pid: 0, startedAt: 'then', host: 'serve' }));
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(path, 'cli')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
