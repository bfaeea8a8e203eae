import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import type { findInstallation } from './installation.ts';

type Installation = ReturnType<typeof findInstallation>;

/** Builds the pages where a checkout's sources are newer than what was built from them. */
export async function bringPagesUpToDate(
  { rootDir, rendererDir }: Pick<Installation, 'rootDir' | 'rendererDir'>,
  say: (line: string) => void,
): Promise<void> {
  const sources = ['renderer', 'shared', 'electron', 'electron.vite.config.ts'].map((name) =>
    join(rootDir, name),
  );
  // An installed program has no sources beside it, and nothing to build.
  if (!existsSync(join(rootDir, 'electron.vite.config.ts'))) return;
  const builtAtMs = existsSync(join(rendererDir, 'index.html')) ? newest(rendererDir) : 0;
  if (builtAtMs > Math.max(...sources.map(newest))) return;
  say('Building the pages of the workstation.');
  const builder = join(rootDir, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const build = spawn(process.execPath, [builder, 'build', '--logLevel', 'error'], {
    cwd: rootDir,
    // What it says belongs beside our own words, not into a result.
    stdio: ['ignore', 2, 2],
  });
  const [exitCode] = (await once(build, 'exit')) as [number | null];
  if (exitCode === 0) return;
  throw new HelicalError('FILE_UNREADABLE', {
    problem: `The pages could not be built (exit code ${exitCode}).`,
    remedy: 'What went wrong stands above. `npm ci` brings back what may be missing.',
  });
}

/** When the newest file at or below this path was changed, in milliseconds since 1970. */
function newest(path: string): number {
  const there = statSync(path);
  if (!there.isDirectory()) return there.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}
