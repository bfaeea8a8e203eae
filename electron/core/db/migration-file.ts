import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the SQL files lie, unless a bundle has put them elsewhere. */
export const defaultMigrationsDir = join(import.meta.dirname, 'migrations');

/** One numbered SQL file. */
export interface Migration {
  /** Becomes `user_version` when it has run. */
  number: number;
  /** The file's name without the number and the ending: `log` of `0001-log.sql`. */
  name: string;
  sql: string;
}

/**
 * Reads `NNNN-name.sql` of a folder, in the order of their numbers. A `.sql` file of another name or a number used
 * twice is an error: it would silently never run, or run in an order that depends on the folder listing.
 */
export function readMigrations(folder: string): Migration[] {
  const migrations: Migration[] = [];
  for (const fileName of readdirSync(folder).filter((name) => name.endsWith('.sql'))) {
    const [, digits, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(fileName) ?? [];
    if (digits === undefined || name === undefined || Number(digits) === 0) {
      throw new Error(`${join(folder, fileName)} is not named NNNN-name.sql`);
    }
    migrations.push({ number: Number(digits), name, sql: readFileSync(join(folder, fileName), 'utf8') });
  }
  migrations.sort((a, b) => a.number - b.number);
  for (const [index, migration] of migrations.entries()) {
    const previous = migrations[index - 1];
    if (previous?.number === migration.number) {
      throw new Error(
        `Migrations ${previous.name} and ${migration.name} are both number ${migration.number}`,
      );
    }
  }
  if (migrations.length === 0) throw new Error(`No migrations in ${folder}`);
  return migrations;
}
