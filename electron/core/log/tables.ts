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

/** Removes every row of each table. References between them are checked when the transaction ends. */
export function emptyTables(db: Database, tables: readonly string[]): void {
  statement<void>(db, 'table.deferForeignKeys', 'PRAGMA defer_foreign_keys = ON').run();
  for (const table of tables) {
    statement<void>(db, `table.empty.${table}`, `DELETE FROM ${quoted(table)}`).run();
  }
}

function quoted(table: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(table)) throw new TypeError(`${table} is not a table name`);
  return `"${table}"`;
}

function plainValue(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
