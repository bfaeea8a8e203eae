import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { HelicalError } from '#shared/domain/errors.ts';
import { findInstallation } from '../installation.ts';
import { action } from './command.ts';

interface BenchOptions {
  seed?: string;
  count?: string;
  seconds?: string;
  whole?: boolean;
  write?: boolean;
}

export function addBench(program: Command): void {
  program
    .command('bench')
    .description('the budgets, measured side by side with the reference each names')
    .argument('[name]', 'one of them; faults or faults/NAME for what is broken on purpose')
    .option('--seed <number>', 'where a bench that draws lots begins')
    .option('--count <number>', 'how many it draws')
    .option('--seconds <number>', 'length of what a bench makes')
    .option('--whole', 'also what takes much longer')
    .option('--write', 'keeps what was found in the page of docs/ that the bench has')
    .action(
      action(async ({ json }, name: string | undefined, options: BenchOptions) => {
        const { rootDir } = findInstallation();
        const entry = join(rootDir, 'test', 'bench', 'main.ts');
        if (!existsSync(entry)) {
          throw new HelicalError('INVALID_INPUT', {
            problem: 'The benches are part of a checkout of Helical, not of the installed program.',
            remedy: 'Run this in a checkout.',
          });
        }
        const passedOn = (['seed', 'count', 'seconds'] as const).flatMap((option) => {
          const value = options[option];
          return value === undefined ? [] : [`--${option}`, value];
        });
        const switches = (['whole', 'write'] as const).flatMap((option) =>
          options[option] ? [`--${option}`] : [],
        );
        const names = name === undefined ? [] : [name];
        const args = [entry, ...names, ...passedOn, ...switches, ...(json ? ['--json'] : [])];
        const bench = spawn(process.execPath, args, { cwd: rootDir, stdio: 'inherit' });
        const [exitCode] = (await once(bench, 'exit')) as [number | null];
        return exitCode === 0 ? 0 : exitCode === 2 ? 2 : exitCode === 3 ? 3 : 1;
      }),
    );
}
