import { dirname, resolve } from 'node:path';
import Driver from 'better-sqlite3';
import { diskFull } from '#shared/domain/disk-full.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { backupTo } from './backup.ts';
import { judgeFolder } from './file-system.ts';
import { type Logger, silentLogger } from './logger.ts';
import { migrate } from './migrate.ts';
import { defaultMigrationsDir, readMigrations } from './migration-file.ts';
import type { Statement } from './statement.ts';
import { timedStatement } from './timed-statement.ts';

/** The open database: four methods, so that the driver can be exchanged. */
export interface Database {
  readonly path: string;
  readonly inTransaction: boolean;
  /** Name and SQL of every statement prepared so far. */
  readonly statements: ReadonlyMap<string, string>;
  /** Untyped; stores use `statement()` of statement.ts. */
  prepare(name: string, sql: string): Statement<unknown, unknown>;
  /** Runs `work` in one write transaction; what it throws rolls back and is thrown on, a full disk as DISK_FULL. Nested calls are savepoints. */
  transaction<T>(work: () => T): T;
  /** Copies the live database, whole and consistent, to a new file. Throws FILE_EXISTS rather than overwrite. */
  backup(destinationPath: string): Promise<void>;
  close(): void;
}

export interface OpenDatabaseOptions {
  /** Folder of the numbered SQL files; a bundle passes its own. Default: `migrations` beside this module. */
  migrationsDir?: string | undefined;
  logger?: Logger | undefined;
  /** A statement that takes longer is logged with its name. Default 40. */
  slowStatementMs?: number | undefined;
  /** How long to wait for another connection's lock. Default 5000. */
  busyTimeoutMs?: number | undefined;
  now?: (() => Date) | undefined;
}

/**
 * Opens the database (created where absent) and migrates it. Throws HelicalError SCHEMA_TOO_NEW, INVALID_INPUT for a
 * folder on a network share, FILE_UNREADABLE where the file cannot be opened or is no database, DISK_FULL.
 */
export async function openDatabase(path: string, options: OpenDatabaseOptions = {}): Promise<Database> {
  const logger = options.logger ?? silentLogger;
  const absolutePath = resolve(path);
  refuseNetworkShare(absolutePath, logger);
  const migrations = readMigrations(options.migrationsDir ?? defaultMigrationsDir);
  const driver = openDriver(absolutePath, options.busyTimeoutMs ?? 5000);
  try {
    await migrate({ driver, path: absolutePath, migrations, logger, now: options.now ?? (() => new Date()) });
  } catch (cause) {
    driver.close();
    throw diskFull(cause, `of the database ${absolutePath}`) ?? cause;
  }
  return wrapDriver(driver, absolutePath, { logger, slowStatementMs: options.slowStatementMs ?? 40 });
}

function refuseNetworkShare(path: string, logger: Logger): void {
  const verdict = judgeFolder(dirname(path));
  if (verdict.safe) return;
  if (!verdict.certain) {
    logger.warn({ path, fileSystem: verdict.kind }, 'cannot tell whether the database is on a network share');
    return;
  }
  throw new HelicalError('INVALID_INPUT', {
    problem: `The data folder of ${path} is on a network share (${verdict.kind}), where a database can be damaged.`,
    safe: 'Nothing was written.',
    remedy: 'Choose a data folder on a disk of this computer; masters may stay on the share.',
  });
}

function openDriver(path: string, busyTimeoutMs: number): Driver.Database {
  let driver: Driver.Database | undefined;
  try {
    driver = new Driver(path, { timeout: busyTimeoutMs });
    const journalMode = driver.pragma('journal_mode = WAL', { simple: true });
    if (journalMode !== 'wal') throw new Error(`journal mode is ${String(journalMode)}, not wal`);
    // FULL: with NORMAL a power cut may take back the last commits, that is, provenance that was already shown.
    driver.pragma('synchronous = FULL');
    driver.pragma('foreign_keys = ON');
    // Without it INSERT OR REPLACE deletes rows past the DELETE triggers (sqlite.org/lang_conflict.html).
    driver.pragma('recursive_triggers = ON');
    driver.pragma('trusted_schema = OFF');
    return driver;
  } catch (cause) {
    driver?.close();
    const full = diskFull(cause, `of the database ${path}`);
    if (full) throw full;
    throw new HelicalError(
      'FILE_UNREADABLE',
      {
        problem: `The database ${path} cannot be opened: ${(cause as Error).message}.`,
        safe: 'The file was left as it is.',
        remedy: 'Check that the folder can be written and that the file is a Helical database.',
      },
      { cause },
    );
  }
}

/** For this room: a driver as the others see it. */
export function wrapDriver(
  driver: Driver.Database,
  path: string,
  timing: { logger: Logger; slowStatementMs: number },
): Database {
  const prepared = new Map<string, Statement<unknown, unknown>>();
  const statements = new Map<string, string>();
  return {
    path,
    statements,
    get inTransaction() {
      return driver.inTransaction;
    },
    prepare(name, sql) {
      const known = prepared.get(name);
      if (known !== undefined) {
        if (known.sql !== sql) throw new Error(`Two statements are named ${name}`);
        return known;
      }
      const fresh = timedStatement(prepareNamed(driver, name, sql), name, timing);
      prepared.set(name, fresh);
      statements.set(name, sql);
      return fresh;
    },
    transaction(work) {
      try {
        return driver.transaction(work).immediate();
      } catch (error) {
        // Rolled back by now: nothing of it is there.
        throw diskFull(error, `of the database ${path}`) ?? error;
      }
    },
    backup: (destinationPath) => backupTo(driver, destinationPath),
    close: () => {
      driver.close();
    },
  };
}

function prepareNamed(
  driver: Driver.Database,
  name: string,
  sql: string,
): Driver.Statement<unknown[], unknown> {
  try {
    return driver.prepare<unknown[]>(sql);
  } catch (cause) {
    throw new Error(`Statement ${name} does not fit the schema: ${(cause as Error).message}`, { cause });
  }
}
