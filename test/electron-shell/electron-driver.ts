import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import type { Shell, ShellOptions } from './driver.ts';

const root = join(import.meta.dirname, '..', '..');

/** Path of the Electron binary; undefined where it was never fetched. Looks only: the package itself would download. */
export function electronBinary(): string | undefined {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

/** The shell on a real Electron, driven by playwright. */
export async function startElectron({ dataDir, userDataDir }: ShellOptions): Promise<Shell> {
  const electron = await _electron.launch({
    executablePath: electronBinary() ?? '',
    args: [root, ...switches(userDataDir)],
    env: { ...process.env, HELICAL_DATA: dataDir } as Record<string, string>,
  });
  const child = electron.process();
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    // The stand-in's types are the part of Electron's that the shell uses.
    inMain: (run, argument) => electron.evaluate(run as never, argument as never),
    page: () => electron.firstWindow(),
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}

export function startElectronProgram(
  args: readonly string[],
  { dataDir, userDataDir }: ShellOptions,
  output: 'inherit' | 'pipe',
): ChildProcess {
  // Switches of Chromium's come last: the program looks at its first argument.
  return spawn(electronBinary() ?? '', [root, ...args, ...switches(userDataDir)], {
    env: { ...process.env, HELICAL_DATA: dataDir },
    stdio: ['ignore', output, 'inherit'],
  });
}

function switches(userDataDir: string): string[] {
  return [`--user-data-dir=${userDataDir}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
}
