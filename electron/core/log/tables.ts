import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';

/** Every row of each table, as text, in an order that does not depend on how it was written. */
export function dumpTables(db: Database, tables: readonly string[]): Record<string, string[]> {
  const dump: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = statement<void, object>(db, `table.dump.${table}`, `SELECT * FROM ${quoted(table)}`).all();
    dump[table] = rows.map((row) => JSON.stringify(row, plainValue)).sort();
  }
  return dump;
}

/** Every row as text, one after the other, in the order of the table's primary key; of all columns where it has none. */
export function* rowsInOrder(db: Database, table: string): Generator<string, undefined> {
  const columns = statement<void, { name: string; pk: number }>(
    db,
    `table.columns.${table}`,
    `PRAGMA table_info(${quoted(table)})`,
  ).all();
  const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const order = (key.length > 0 ? key : columns).map(({ name }) => quoted(name)).join(', ');
  const rows = statement<void, object>(
    db,
    `table.inOrder.${table}`,
    `SELECT * FROM ${quoted(table)} ORDER BY ${order}`,
  );
  for (const row of rows.iterate()) yield JSON.stringify(row, plainValue);
  return undefined;
}

/** Removes every row of each table. References between them are checked when the transaction ends. */
export function emptyTables(db: Database, tables: readonly string[]): void {
  statement<void>(db, 'table.deferForeignKeys', 'PRAGMA defer_foreign_keys = ON').run();
  for (const table of tables) {
    statement<void>(db, `table.empty.${table}`, `DELETE FROM ${quoted(table)}`).run();
  }
}

function quoted(name: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new TypeError(`${name} is not the name of a table or a column`);
  return `"${name}"`;
}

function plainValue(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
