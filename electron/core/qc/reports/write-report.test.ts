import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requireFree, writeReport } from './write-report.ts';

it.skipIf(process.platform === 'win32')(
  'killed while it is written, a report has not its name, and can be written anew',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'helical-report-'));
    try {
      const to = join(folder, 'report.html');
      const work = `import { writeReport } from ${JSON.stringify(join(import.meta.dirname, 'write-report.ts'))};
        async function* pieces() {
          for (let piece = 0; piece < 3; piece++) yield 'x'.repeat(100_000);
          process.kill(process.pid, 'SIGKILL');
        }
        await writeReport(${JSON.stringify(to)}, pieces(), { gzip: false });`;
      const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', work], {
        cwd: import.meta.dirname,
      });
      expect(signal).toBe('SIGKILL');
      expect(readdirSync(folder)).not.toContain('report.html');
      expect(await writeReport(to, ['whole'], { gzip: false })).toEqual({ path: to, bytes: 5 });
      expect([readdirSync(folder), readFileSync(to, 'utf8')]).toEqual([['report.html'], 'whole']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

it('says before anything is measured that a folder is not there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'helical-report-'));
  try {
    await expect(requireFree(join(folder, 'not', 'a.csv'))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      problem: `The folder ${join(folder, 'not')} is not there.`,
    });
    await requireFree(join(folder, 'a.csv'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
