import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type Driver from 'better-sqlite3';
import { HelicalError } from '#shared/domain/errors.ts';
import { backupTo } from './backup.ts';
import type { Logger } from './logger.ts';
import type { Migration } from './migration-file.ts';

interface MigrateOptions {
  driver: Driver.Database;
  path: string;
  migrations: readonly Migration[];
  logger: Logger;
  now: () => Date;
}

/**
 * Brings the schema up to the newest migration. An existing database is copied beside itself first. Throws
 * HelicalError SCHEMA_TOO_NEW where a newer Helical has written it; nothing is changed then.
 */
export async function migrate({ driver, path, migrations, logger, now }: MigrateOptions): Promise<void> {
  const version = schemaVersion(driver);
  const newest = migrations.at(-1)?.number ?? 0;
  if (version > newest) throw schemaTooNew(path, version, newest);
  const pending = migrations.filter((migration) => migration.number > version);
  const first = pending[0];
  if (first === undefined) return;
  if (version > 0) {
    const backupPath = await backupBefore(driver, path, first.number, now());
    logger.info({ backupPath, from: version, to: newest }, 'database copied before its schema changes');
  }
  // SQLite rebuilds a table by dropping the old one, which would cascade; the pragma has no effect inside a
  // transaction (sqlite.org/lang_altertable.html, section 7), so references are checked before each commit instead.
  driver.pragma('foreign_keys = OFF');
  try {
    for (const migration of pending) {
      applyMigration(driver, migration);
      logger.info({ migration: migration.number, name: migration.name }, 'schema migrated');
    }
  } finally {
    driver.pragma('foreign_keys = ON');
  }
}

function schemaVersion(driver: Driver.Database): number {
  return driver.pragma('user_version', { simple: true }) as number;
}

function applyMigration(driver: Driver.Database, migration: Migration): void {
  const label = `Migration ${String(migration.number).padStart(4, '0')}-${migration.name}`;
  driver.exec('BEGIN IMMEDIATE');
  try {
    driver.exec(migration.sql);
    if (!driver.inTransaction) throw new Error(`${label} ends its own transaction`);
    const dangling = driver.pragma('foreign_key_check') as unknown[];
    if (dangling.length > 0) throw new Error(`${label} leaves ${dangling.length} dangling references`);
    driver.pragma(`user_version = ${migration.number}`);
    driver.exec('COMMIT');
  } catch (cause) {
    if (driver.inTransaction) driver.exec('ROLLBACK');
    throw new Error(`${label} failed and was rolled back: ${(cause as Error).message}`, { cause });
  }
}

async function backupBefore(
  driver: Driver.Database,
  path: string,
  number: number,
  at: Date,
): Promise<string> {
  const stem = basename(path, extname(path));
  const time = at.toISOString().replaceAll(/[-:.]/g, '');
  const name = `${stem}-before-${String(number).padStart(4, '0')}-${time}`;
  const ending = extname(path) || '.db';
  let target = join(dirname(path), `${name}${ending}`);
  for (let copy = 2; existsSync(target); copy += 1) target = join(dirname(path), `${name}-${copy}${ending}`);
  await backupTo(driver, target);
  return target;
}

function schemaTooNew(path: string, version: number, newest: number): HelicalError {
  return new HelicalError('SCHEMA_TOO_NEW', {
    problem: `The database ${path} was written by a newer Helical (schema ${version}; this one knows ${newest}).`,
    safe: 'Nothing was changed.',
    remedy:
      'Install the newer Helical, or open the copy that was kept beside the database before its schema changed.',
  });
}
