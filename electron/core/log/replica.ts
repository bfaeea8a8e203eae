import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '#core/db/database.ts';
import type { ChainRow } from './chain.ts';
import { derivation, derivedTablesOf } from './derivation.ts';
import type { LinksOf } from './links.ts';
import { eventOf, logRows } from './log-rows.ts';
import type { Projection } from './projection.ts';
import { rowsInOrder } from './tables.ts';
import type { ChainBreak } from './verify-chain.ts';

/** An empty database beside the real one, in which the log is played again. */
export interface Replica {
  db: Database;
  projections: readonly Projection[];
}

/** What playing the log again says of the tables that every screen and package reads. */
export interface TableVerdict {
  ok: boolean;
  /** Names of the tables that are not what the log says. */
  differing: string[];
}

/** Rows after which others get their turn. */
const rowsPerTurn = 1000;

/** Plays events into a replica, and holds the tables of a snapshot against what came out. */
export function replay({ db, projections }: Replica, linksOf: LinksOf) {
  const rows = logRows(db);
  const derive = derivation(db, linksOf, projections);
  return {
    /** Gives why an event cannot be applied again, where it cannot. */
    apply(page: readonly ChainRow[]): ChainBreak | undefined {
      let seq = 0;
      try {
        db.transaction(() => {
          for (const row of page) {
            seq = row.seq;
            // The tables refer to the events; the log's own statements want them in their order.
            rows.insert(row);
            derive(eventOf(row));
          }
        });
      } catch (cause) {
        return { seq, reason: `Event ${seq} cannot be applied again: ${(cause as Error).message}.` };
      }
      return undefined;
    },
    async compare(live: Database): Promise<TableVerdict & { breaks: ChainBreak[] }> {
      const verdict: TableVerdict & { breaks: ChainBreak[] } = { ok: true, differing: [], breaks: [] };
      for (const table of derivedTablesOf(projections)) {
        const difference = await firstDifference(live, db, table);
        if (difference === undefined) continue;
        verdict.ok = false;
        verdict.differing.push(table);
        const reason = `The table ${table} is not what the log says (${difference}). \`helical log rebuild\` makes it again.`;
        verdict.breaks.push({ seq: rows.last()?.seq ?? 0, reason });
      }
      return verdict;
    },
  };
}

/** Both in the order of their keys: the first row that is not the same tells, whether it was changed, added or taken away. */
async function firstDifference(live: Database, made: Database, table: string): Promise<string | undefined> {
  const found = rowsInOrder(live, table);
  const expected = rowsInOrder(made, table);
  try {
    for (let count = 1; ; count += 1) {
      const [row, original] = [found.next(), expected.next()];
      if (row.done && original.done) return undefined;
      if (row.done) return `row ${count} is missing: ${shortened(original.value)}`;
      if (original.done) return `row ${count} is in no event: ${shortened(row.value)}`;
      if (row.value !== original.value) return `row ${count} ${changedColumns(row.value, original.value)}`;
      if (count % rowsPerTurn === 0) await nextTurn();
    }
  } finally {
    found.return(undefined);
    expected.return(undefined);
  }
}

function changedColumns(found: string, expected: string): string {
  const [is, was] = [JSON.parse(found), JSON.parse(expected)] as Record<string, unknown>[];
  const columns = Object.keys({ ...is, ...was }).filter((name) => is?.[name] !== was?.[name]);
  return columns
    .map(
      (name) =>
        `${name}: ${shortened(JSON.stringify(is?.[name]))} in place of ${shortened(JSON.stringify(was?.[name]))}`,
    )
    .join(', ');
}

function shortened(text: string | undefined): string {
  return text === undefined ? 'nothing' : text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
