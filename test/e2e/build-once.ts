import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { glob, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Builds the screens and the shell for the first test that needs them, unless what is built is newer than its sources. */
export async function buildOnce(): Promise<void> {
  if (!(await isStale())) return;
  const entry = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(process.execPath, [entry, 'build'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  child.on('error', reject);
  child.on('exit', (exitCode, signal) => {
    if (exitCode === 0) resolve();
    else reject(new Error(`electron-vite build ended with ${signal ?? `exit code ${exitCode}`}`));
  });
  await promise;
}

async function isStale(): Promise<boolean> {
  const page = join(root, 'out', 'renderer', 'index.html');
  if (!existsSync(page)) return true;
  const builtAt = (await stat(page)).mtimeMs;
  const sources = [
    'renderer/**/*',
    'shared/**/*',
    'electron/**/*',
    'resources/**/*',
    'electron.vite.config.ts',
    'package-lock.json',
  ];
  for await (const source of glob(sources, { cwd: root })) {
    if ((await stat(join(root, source))).mtimeMs > builtAt) return true;
  }
  return false;
}
