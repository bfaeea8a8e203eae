import { resolve } from 'node:path';
import type { Command } from 'commander';
import { counted } from '#shared/i18n/counted.ts';
import { action, type Cli } from './command.ts';
import { table } from './output.ts';
import { showingWork } from './show-work.ts';

interface Problem {
  rule: string;
  level: 'error' | 'warning';
  tape: string;
  message: string;
  where: string;
}

export function addBatch(program: Command): void {
  const batch = program.command('batch').description('batches of tapes, their problems, their packages');
  batch
    .command('create')
    .description('put tapes together')
    .requiredOption('--name <name>')
    .requiredOption('--tapes <tapes...>', 'identifiers or ids, with spaces or commas between')
    .action(
      action(async ({ output, onEngine }, { name, tapes }: { name: string; tapes: string[] }) => {
        const asked = tapes.flatMap((part) => part.split(',')).map((tape) => tape.trim());
        const created = await onEngine((client) =>
          client.batches.create({ name, tapes: asked.filter((tape) => tape !== '') }),
        );
        output.result(
          created,
          () => `Batch ${created.name}: ${counted(created.tapes.length, 'tape')} (${created.id}).`,
        );
        return 0;
      }),
    );
  batch
    .command('list')
    .description('batches, newest first')
    .action(
      action(async ({ output, onEngine }) => {
        const found = await onEngine((client) => client.batches.list());
        output.result(found, () =>
          table(
            ['name', 'tapes', 'packages', 'id'],
            found.map(({ name, tapes, packages, id }) => [
              name,
              String(tapes.length),
              String(packages.length),
              id,
            ]),
          ),
        );
        return 0;
      }),
    );
  batch
    .command('check')
    .description('every problem, before anything is written')
    .argument('<batch>', 'name or id')
    .option('--profile <id>', 'archive profile')
    .action(
      action(async ({ output, onEngine }, name: string, { profile }: { profile?: string }) => {
        const { problems } = await onEngine((client) =>
          client.batches.check({ batch: name, ...(profile === undefined ? {} : { profileId: profile }) }),
        );
        sayProblems(output, problems);
        output.result({ packages: [], problems }, () =>
          problems.length === 0 ? 'No problem.' : `${counted(problems.length, 'problem')}.`,
        );
        return problems.some(({ level }) => level === 'error') ? 1 : 0;
      }),
    );
  batch
    .command('export')
    .description('write the packages and read them back')
    .argument('<batch>', 'name or id')
    .option('--profile <id>', 'archive profile')
    .requiredOption('--to <dir>', 'a new or empty folder')
    .action(
      action(async ({ output, onEngine }, name: string, options: { profile?: string; to: string }) => {
        const { profile, to } = options;
        const request = {
          batch: name,
          to: resolve(to),
          ...(profile === undefined ? {} : { profileId: profile }),
        };
        const result = await onEngine((client) =>
          showingWork(client, output, () => client.batches.exportTo(request)),
        );
        sayProblems(output, result.problems);
        output.result(result, () =>
          result.packages.map(({ path, ok }) => `${ok ? 'ok  ' : 'FAIL'}  ${path}`).join('\n'),
        );
        const isGood =
          result.packages.every(({ ok }) => ok) && !result.problems.some(({ level }) => level === 'error');
        return isGood ? 0 : 1;
      }),
    );
}

function sayProblems(output: Cli['output'], problems: readonly Problem[]): void {
  for (const { level, tape, message, where } of problems) {
    output.note(`${level}: ${tape}: ${message}${where === '' ? '' : ` (${where})`}`);
  }
}
