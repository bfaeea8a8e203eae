// `npm run check`: everything that must hold before a merge, in order, stopping at the first that does not.
// There are no warnings: what is not an error is off.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const steps = [
  ['formatting and lint', 'biome', 'ci', '--error-on-warnings'],
  ['types', 'tsc', '-b'],
  ['unused code', 'knip'],
  ['unit tests', 'vitest', 'run', '--project', 'unit'],
  ['build', 'electron-vite', 'build'],
];

for (const [name = '', command = '', ...args] of steps) {
  process.stdout.write(`\n== ${name}: ${[command, ...args].join(' ')}\n`);
  const end = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (end.status !== 0) {
    const why = end.error ? `cannot be started (${end.error.message})` : 'does not hold';
    process.stdout.write(`\ncheck: ${name} ${why}\n`);
    process.exitCode = 1;
    break;
  }
}
if (process.exitCode === undefined) process.stdout.write('\ncheck: everything holds\n');
