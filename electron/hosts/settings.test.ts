import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFolder } from '#core/config.ts';

// In a process of its own: a logger that throws would take the engine down with it.
it.skipIf(process.platform !== 'linux')(
  'goes on where its own log cannot be written, and says so once',
  () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'helical-settings-'));
    try {
      const { logPath } = dataFolder(dataDir);
      mkdirSync(join(logPath, '..'), { recursive: true });
      // Every write to it fails as on a full disk.
      symlinkSync('/dev/full', logPath);
      const work = `import { openLogger } from ${JSON.stringify(join(import.meta.dirname, 'settings.ts'))};
      const logger = openLogger(${JSON.stringify(dataDir)});
      for (let line = 0; line < 3; line++) logger.error({ line }, 'said');
      process.stdout.write('went on');`;
      const ended = spawnSync(process.execPath, ['--input-type=module', '-e', work], {
        encoding: 'utf8',
        cwd: import.meta.dirname,
      });
      expect([ended.status, ended.stdout]).toEqual([0, 'went on']);
      expect(ended.stderr.match(/cannot be written: ENOSPC/g)).toHaveLength(1);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  },
);
