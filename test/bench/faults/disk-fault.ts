import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runTool } from '#core/ffmpeg/run.ts';

/** Makes the disk of the masters misbehave under one recorder. */
export interface DiskFault {
  /** How it is done, in words. */
  readonly how: string;
  /** What the recorder's environment needs; the recorder is started within. */
  around<T>(start: () => Promise<T>): Promise<T>;
  /** Holds one write up. */
  stall(milliseconds: number, recorderPid: number): Promise<void>;
  /** From now on every write to the master fails with this error of the system. Undefined where it cannot be done. */
  fail: ((errno: number) => Promise<void>) | undefined;
}

/** In front of write(2) where there is a compiler; else a recorder that stands still stands for a write that does not return. */
export async function openDiskFault(folder: string): Promise<DiskFault> {
  const library = join(folder, 'disk-shim.so');
  const source = fileURLToPath(new URL('./disk-shim.c', import.meta.url));
  const made =
    process.platform === 'linux'
      ? await runTool('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'])
      : undefined;
  if (made?.reason !== 'finished') {
    return {
      how: 'the recorder stopped and continued (SIGSTOP): there is no C compiler',
      around: (start) => start(),
      async stall(milliseconds, recorderPid) {
        process.kill(recorderPid, 'SIGSTOP');
        await wait(milliseconds);
        process.kill(recorderPid, 'SIGCONT');
      },
      fail: undefined,
    };
  }
  const controlPath = join(folder, 'control');
  const command = async (text: string): Promise<void> => {
    await writeFile(`${controlPath}.new`, text);
    await rename(`${controlPath}.new`, controlPath);
  };
  return {
    how: 'write(2) of the recorder held up or failing (LD_PRELOAD)',
    async around(start) {
      // A recorder takes on the environment of its engine, which here is this process.
      process.env['LD_PRELOAD'] = library;
      process.env['HELICAL_FAULT_CONTROL'] = controlPath;
      try {
        return await start();
      } finally {
        delete process.env['LD_PRELOAD'];
        delete process.env['HELICAL_FAULT_CONTROL'];
      }
    },
    async stall(milliseconds) {
      await command(`stall ${milliseconds}\n`);
      await wait(milliseconds);
    },
    fail: (errno) => command(`errno ${errno}\n`),
  };
}
