import Driver from 'better-sqlite3';
import { type Database, wrapDriver } from './database.ts';
import { type Logger, silentLogger } from './logger.ts';
import { migrate } from './migrate.ts';
import { defaultMigrationsDir, readMigrations } from './migration-file.ts';

/** Long reads are the purpose of both databases here: none of them is told as slow. */
const untimed = { logger: silentLogger, slowStatementMs: Number.POSITIVE_INFINITY };

/**
 * The database as it stands now, on a connection of its own that only reads. What is written later is not seen, and
 * whoever writes does not wait (sqlite.org/isolation.html, WAL). Close it soon: meanwhile the WAL file grows.
 */
export function openSnapshot(path: string): Database {
  const driver = new Driver(path, { readonly: true, fileMustExist: true });
  try {
    driver.exec('BEGIN');
    // The snapshot is taken by the first read, not by BEGIN.
    driver.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (cause) {
    driver.close();
    throw cause;
  }
  return wrapDriver(driver, path, untimed);
}

/** An empty database with today's schema, in a temporary file of SQLite's that is gone when it is closed. */
export async function openScratchDatabase(
  options: { migrationsDir?: string | undefined; logger?: Logger | undefined } = {},
): Promise<Database> {
  const driver = new Driver('');
  try {
    driver.pragma('journal_mode = MEMORY');
    driver.pragma('synchronous = OFF');
    driver.pragma('foreign_keys = ON');
    driver.pragma('recursive_triggers = ON');
    driver.pragma('trusted_schema = OFF');
    await migrate({
      driver,
      path: '',
      migrations: readMigrations(options.migrationsDir ?? defaultMigrationsDir),
      logger: options.logger ?? silentLogger,
      now: () => new Date(),
    });
  } catch (cause) {
    driver.close();
    throw cause;
  }
  return wrapDriver(driver, '', untimed);
}
