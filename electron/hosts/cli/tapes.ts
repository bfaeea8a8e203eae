import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { HelicalError } from '#shared/domain/errors.ts';
import {
  carrierFormats,
  conditions,
  generations,
  type Tape,
  type TapeStanding,
  tapeDescriptionSchema,
  tapeStandings,
  videoStandards,
} from '#shared/domain/tape.ts';
import { counted } from '#shared/i18n/counted.ts';
import type { HelicalClient } from '../attach.ts';
import { action } from './command.ts';
import { wholeNumber } from './numbers.ts';
import { table } from './output.ts';

export function addTapes(program: Command): void {
  const tapes = program.command('tapes').description('the register of tapes');
  addImport(tapes);
  addRegister(tapes);
  addList(tapes);
  addShow(tapes);
}

function addImport(tapes: Command): void {
  tapes
    .command('import')
    .description('register the tapes of a CSV list, all or none')
    .argument('<file>', 'CSV with a header row; comma, semicolon or tab')
    .option('--map <file>', 'JSON: {"column of the list": "field of the tape"}')
    .option('--dry-run', 'only say what is wrong with the list', false)
    .action(
      action(async ({ output, onNewEngine }, file: string, options: { map?: string; dryRun: boolean }) => {
        const csv = await readText(file);
        const columnMap = options.map === undefined ? {} : await readMap(options.map);
        const { ignoredColumns, ...imported } = await onNewEngine((client) =>
          client.tapes.import({ csv, columnMap, dryRun: options.dryRun }),
        );
        if (ignoredColumns.length > 0) output.note(`Columns left out: ${ignoredColumns.join(', ')}.`);
        for (const { row, column, message } of imported.problems) {
          output.note(`Row ${row}${column === '' ? '' : `, ${column}`}: ${message}`);
        }
        const { rows, created, problems } = imported;
        output.result(imported, () =>
          problems.length > 0
            ? `${counted(problems.length, 'problem')} in ${counted(rows, 'row')}; no tape was registered.`
            : options.dryRun
              ? `${counted(rows, 'row')}, no problem; nothing was registered (dry run).`
              : `${counted(created, 'tape')} registered.`,
        );
        return problems.length > 0 ? 2 : 0;
      }),
    );
}

function addRegister(tapes: Command): void {
  tapes
    .command('register')
    .description('register one tape')
    .argument('<identifier>', 'as it stands on the tape; it names files')
    .addOption(new Option('--format <code>', 'carrier format').choices(carrierFormats).makeOptionMandatory())
    .option('--title <text>')
    .option('--artist <text>')
    .addOption(new Option('--standard <name>').choices(videoStandards))
    .option('--duration <minutes>', 'running time on the label', Number)
    .addOption(new Option('--generation <name>').choices(generations))
    .addOption(new Option('--condition <name>').choices(conditions))
    .option('--location <text>', 'where the tape is kept')
    .option('--notes <text>')
    .action(
      action(async ({ output, onNewEngine }, identifier: string, options: Record<string, unknown>) => {
        const { duration, ...described } = options;
        const parsed = tapeDescriptionSchema.safeParse({ ...described, identifier, durationMin: duration });
        if (!parsed.success) {
          throw new HelicalError(
            'INVALID_INPUT',
            parsed.error.issues.map(({ message }) => message).join(' '),
          );
        }
        const tape = await onNewEngine((client) => client.tapes.register(parsed.data));
        output.result(tape, () => `Registered ${tape.identifier} (${tape.id}).`);
        return 0;
      }),
    );
}

function addList(tapes: Command): void {
  tapes
    .command('list')
    .description('the registered tapes')
    .option('--filter <words>', 'in identifier, title, artist, format or location', '')
    .addOption(new Option('--state <states...>', 'how far they have come').choices(tapeStandings).default([]))
    .addOption(
      new Option('--sort <column>')
        .choices(['identifier', 'title', 'artist', 'format', 'state', 'lastEventAt'])
        .default('identifier'),
    )
    .option('--descending', 'the other way round', false)
    .option('--limit <number>', 'at most so many', wholeNumber('--limit', 1))
    .action(
      action(async ({ output, onEngine }, options: ListOptions) => {
        const rows = await onEngine((client) => allTapes(client, options));
        output.result(rows, () =>
          table(
            ['identifier', 'format', 'state', 'title', 'artist'],
            rows.map(({ identifier, format, state, review, title, artist }) => [
              identifier,
              format,
              standing(state, review),
              title,
              artist,
            ]),
          ),
        );
        return 0;
      }),
    );
}

interface ListOptions {
  filter: string;
  state: TapeStanding[];
  sort: 'identifier' | 'title' | 'artist' | 'format' | 'state' | 'lastEventAt';
  descending: boolean;
  limit?: number;
}

async function allTapes(client: HelicalClient, options: ListOptions): Promise<Tape[]> {
  const { filter, state, sort, descending, limit = Number.POSITIVE_INFINITY } = options;
  const rows: Tape[] = [];
  for (;;) {
    const page = await client.tapes.list({
      filter,
      states: state,
      sortBy: sort,
      descending,
      offset: rows.length,
      limit: Math.min(1000, limit - rows.length),
    });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= Math.min(page.total, limit)) return rows;
  }
}

function addShow(tapes: Command): void {
  tapes
    .command('show')
    .description('one tape with its timeline')
    .argument('<tape>', 'identifier or id')
    .action(
      action(async ({ output, onEngine }, tape: string) => {
        const shown = await onEngine((client) => client.tapes.show({ tape }));
        output.result(shown, () => {
          const { identifier, title, artist, format, state, review, passCount } = shown.tape;
          return [
            `${identifier}  ${title}${artist === '' ? '' : `, ${artist}`}`,
            `${format}, ${standing(state, review)}, ${counted(passCount, 'pass', 'passes')}`,
            ...shown.timeline.map(({ at, type }) => `  ${at}  ${type}`),
          ].join('\n');
        });
        return 0;
      }),
    );
}

/** UTF-8, since nothing else can be told apart for certain. */
async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (cause) {
    const isText = cause instanceof TypeError;
    throw new HelicalError(
      'FILE_UNREADABLE',
      {
        problem: isText
          ? `${path} is not UTF-8 text.`
          : `${path} cannot be read: ${(cause as Error).message}.`,
        safe: 'Nothing was changed.',
        remedy: isText ? 'Save it again as CSV UTF-8.' : undefined,
      },
      { cause },
    );
  }
}

async function readMap(path: string): Promise<Record<string, string>> {
  const text = await readText(path);
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(text));
  } catch (cause) {
    throw new HelicalError(
      'INVALID_INPUT',
      {
        problem: `${path} is no map of columns.`,
        remedy: 'It must be JSON like {"Inventory number": "identifier", "Carrier": "format"}.',
      },
      { cause },
    );
  }
}

/** How far a tape has come, and what reviewers say where that is something else. */
function standing(state: Tape['state'], review: Tape['review']): string {
  return review === null || review === state ? state : state === 'packaged' ? `${state}, ${review}` : review;
}
