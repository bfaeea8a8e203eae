import type { Command } from 'commander';
import { counted } from '#shared/i18n/counted.ts';
import type { HelicalClient } from '../attach.ts';
import { action } from './command.ts';
import { wholeNumber } from './numbers.ts';

export function addLog(program: Command): void {
  const log = program.command('log').description('the provenance log');
  log
    .command('verify')
    .description('recompute the chain and hold it against its checkpoints')
    .action(
      action(async ({ output, onEngine }) => {
        const verdict = await onEngine((client) => client.log.verify());
        output.result(verdict, () => [verdictLine(verdict), ...(verdict.notes ?? [])].join('\n'));
        return verdict.ok ? 0 : 1;
      }),
    );
  log
    .command('rebuild')
    .description('empty the tables derived from the log and make them again')
    .action(
      action(async ({ output, onEngine }) => {
        const rebuilt = await onEngine((client) => client.log.rebuild());
        output.result(rebuilt, () =>
          rebuilt.identical
            ? `${counted(rebuilt.events, 'event')} applied; every table came out as it was.`
            : `${counted(rebuilt.events, 'event')} applied; some tables were not what the log says and were put right.`,
        );
        return rebuilt.identical ? 0 : 1;
      }),
    );
  log
    .command('show')
    .description('events, oldest first')
    .option('--tape <tape>', 'about one tape')
    .option('--device <serial>', 'about one device')
    .option('--person <person>', 'done by somebody, or about them: id or name')
    .option('--type <type>', 'of one type, such as pass.sealed')
    .option('--from <time>', 'occurred at or after, UTC ISO 8601')
    .option('--to <time>', 'occurred before')
    .option('--limit <number>', 'the newest so many', wholeNumber('--limit', 1), 1000)
    .action(
      action(async ({ output, onEngine }, options: ShowOptions) => {
        const entries = await onEngine((client) => newest(client, options));
        output.result(entries, () =>
          entries
            .map((entry) => {
              const about = entry.subjects.map(subjectName).join(', ');
              return `${entry.seq}  ${entry.occurredAt}  ${entry.type}  ${entry.actorName}${about && `  ${about}`}`;
            })
            .join('\n'),
        );
        return 0;
      }),
    );
}

function verdictLine({
  events,
  checkpoints,
  head,
  tables,
  firstBroken,
}: Awaited<ReturnType<HelicalClient['log']['verify']>>): string {
  if (firstBroken === undefined) {
    return `${counted(events, 'event')}, ${counted(checkpoints, 'checkpoint')}: whole, and every table is what they say. Head ${head.hash}`;
  }
  if (tables?.ok === false)
    return `Tables were changed (${tables.differing.join(', ')}). ${firstBroken.reason}`;
  return `Broken at event ${firstBroken.seq}: ${firstBroken.reason}`;
}

interface ShowOptions {
  tape?: string;
  device?: string;
  person?: string;
  type?: string;
  from?: string;
  to?: string;
  limit: number;
}

const subjectName = ({ tape, passNumber }: { tape: string; passNumber: number | null }): string =>
  passNumber === null ? tape : `${tape} pass ${passNumber}`;

async function newest(client: HelicalClient, { limit, ...filter }: ShowOptions) {
  const entries: Awaited<ReturnType<HelicalClient['log']['list']>>['entries'] = [];
  for (;;) {
    const oldest = entries.at(-1);
    const page = await client.log.list({
      ...filter,
      ...(oldest === undefined ? {} : { beforeSeq: oldest.seq }),
      limit: Math.min(1000, limit - entries.length),
    });
    entries.push(...page.entries);
    if (page.entries.length === 0 || entries.length >= limit) return entries.reverse();
  }
}
