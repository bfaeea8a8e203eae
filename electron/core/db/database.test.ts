import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Driver from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { judgeFileSystemType, judgeFolder } from './file-system.ts';
import { silentLogger } from './logger.ts';
import { readMigrations } from './migration-file.ts';
import { statement } from './statement.ts';

let folder: string;
let migrationsDir: string;
const opened: Database[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-db-'));
  migrationsDir = mkdtempSync(join(tmpdir(), 'helical-migrations-'));
  migration('0001-tape.sql', 'CREATE TABLE tape (tape_id TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT;');
});

afterEach(() => {
  for (const db of opened.splice(0)) db.close();
  rmSync(folder, { recursive: true });
  rmSync(migrationsDir, { recursive: true });
});

function migration(name: string, sql: string): void {
  writeFileSync(join(migrationsDir, name), sql);
}

async function open(options: Parameters<typeof openDatabase>[1] = {}): Promise<Database> {
  const db = await openDatabase(join(folder, 'helical.db'), { migrationsDir, ...options });
  opened.push(db);
  return db;
}

const pragma = (db: Database, name: string) =>
  Object.values(
    statement<void, Record<string, unknown>>(db, `test.${name}`, `PRAGMA ${name}`).get() ?? {},
  )[0];

test('a full disk is told as one, and nothing of what did not fit is there', async () => {
  const db = await open();
  const insert = statement<{ title: string }>(
    db,
    'test.insert',
    'INSERT INTO tape VALUES (hex(randomblob(8)), @title)',
  );
  db.transaction(() => insert.run({ title: 'before' }));
  const pages = Number(pragma(db, 'page_count'));
  db.prepare('test.limit', `PRAGMA max_page_count = ${pages + 1}`).get(undefined);
  const writing = () =>
    db.transaction(() => {
      for (let number = 0; number < 10; number++) insert.run({ title: 'x'.repeat(5000) });
    });
  expect(writing).toThrow(
    expect.objectContaining({ code: 'DISK_FULL', problem: expect.stringContaining(db.path) }),
  );
  const count = statement<void, { count: number }>(db, 'test.count', 'SELECT count(*) AS count FROM tape');
  expect([db.inTransaction, count.get()?.count]).toEqual([false, 1]);
  db.transaction(() => insert.run({ title: 'fits' }));
  expect(count.get()?.count).toBe(2);
});

describe('opening', () => {
  test('sets what the log relies on', async () => {
    const db = await open();
    expect(pragma(db, 'journal_mode')).toBe('wal');
    expect(pragma(db, 'synchronous')).toBe(2);
    expect(pragma(db, 'foreign_keys')).toBe(1);
    expect(pragma(db, 'recursive_triggers')).toBe(1);
    expect(pragma(db, 'trusted_schema')).toBe(0);
    expect(pragma(db, 'busy_timeout')).toBe(5000);
  });

  test('says so when the file is no database, and leaves it alone', async () => {
    writeFileSync(
      join(folder, 'helical.db'),
      'this is a shopping list, longer than a header of SQLite is '.repeat(20),
    );
    await expect(open()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test('knows network file systems', () => {
    expect(judgeFileSystemType(0xef53)).toEqual({ safe: true });
    expect(judgeFileSystemType(0x6969)).toMatchObject({ safe: false, kind: 'NFS', certain: true });
    // Node gives the 32-bit cifs number as it is or sign-extended, by platform.
    expect(judgeFileSystemType(0xff534d42 | 0)).toMatchObject({ safe: false, certain: true });
    expect(judgeFileSystemType(0x65735546)).toMatchObject({ safe: false, certain: false });
    expect(judgeFolder('\\\\server\\share\\helical', 'win32')).toMatchObject({ certain: true });
    expect(judgeFolder('\\\\?\\UNC\\server\\share', 'win32')).toMatchObject({ certain: true });
    expect(judgeFolder('\\\\?\\C:\\helical', 'win32')).toEqual({ safe: true });
    expect(judgeFolder('C:\\helical', 'win32')).toEqual({ safe: true });
  });
});

describe('migrations', () => {
  test('a fresh database gets all of them and no copy', async () => {
    migration('0010-pass.sql', 'CREATE TABLE pass (pass_id TEXT PRIMARY KEY) STRICT;');
    const db = await open();
    expect(pragma(db, 'user_version')).toBe(10);
    expect(readdirSync(folder).filter((name) => name.includes('before'))).toEqual([]);
  });

  test('an existing database is copied as it was, then brought up to date', async () => {
    const old = await open();
    statement(old, 'test.insert', "INSERT INTO tape VALUES ('t1', 'Global Groove')").run();
    old.close();
    migration('0010-artist.sql', "ALTER TABLE tape ADD COLUMN artist TEXT NOT NULL DEFAULT 'unknown';");
    const db = await open();
    expect(statement<void, object>(db, 'test.all', 'SELECT * FROM tape').all()).toEqual([
      { tape_id: 't1', title: 'Global Groove', artist: 'unknown' },
    ]);
    const copies = readdirSync(folder).filter((name) => name.includes('before'));
    expect(copies).toEqual([expect.stringMatching(/^helical-before-0010-\d{8}T\d{9}Z\.db$/)]);
    const copy = new Driver(join(folder, copies[0] ?? ''), { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    expect(copy.prepare('SELECT * FROM tape').all()).toEqual([{ tape_id: 't1', title: 'Global Groove' }]);
    copy.close();
  });

  test('opening again changes nothing and copies nothing', async () => {
    (await open()).close();
    await open();
    expect(readdirSync(folder).filter((name) => name.includes('before'))).toEqual([]);
  });

  test('a newer schema is refused in words and left as it is', async () => {
    migration('0020-later.sql', 'CREATE TABLE later (id TEXT PRIMARY KEY) STRICT;');
    (await open()).close();
    rmSync(join(migrationsDir, '0020-later.sql'));
    await expect(open()).rejects.toMatchObject({ name: 'HelicalError', code: 'SCHEMA_TOO_NEW' });
    const raw = new Driver(join(folder, 'helical.db'), { readonly: true });
    expect(raw.pragma('user_version', { simple: true })).toBe(20);
    raw.close();
  });

  test('one that fails leaves the ones before it and nothing of itself', async () => {
    migration('0010-good.sql', 'CREATE TABLE good (id TEXT PRIMARY KEY) STRICT;');
    migration(
      '0011-bad.sql',
      'CREATE TABLE half (id TEXT PRIMARY KEY) STRICT; SELECT nonsense FROM nowhere;',
    );
    await expect(open()).rejects.toThrow(/0011-bad failed and was rolled back/);
    const raw = new Driver(join(folder, 'helical.db'), { readonly: true });
    expect(raw.pragma('user_version', { simple: true })).toBe(10);
    expect(
      raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all(),
    ).toEqual(['good', 'tape']);
    raw.close();
  });

  test('one that leaves dangling references is rolled back', async () => {
    migration(
      '0010-dangling.sql',
      `CREATE TABLE pass (tape_id TEXT REFERENCES tape) STRICT; INSERT INTO pass VALUES ('nowhere');`,
    );
    await expect(open()).rejects.toThrow(/1 dangling reference/);
  });

  test('one that ends its own transaction is refused', async () => {
    migration('0010-commit.sql', 'CREATE TABLE pass (id TEXT) STRICT; COMMIT;');
    await expect(open()).rejects.toThrow(/ends its own transaction/);
  });

  test('file names must be numbered, and each number is used once', () => {
    migration('0001-again.sql', 'SELECT 1;');
    expect(() => readMigrations(migrationsDir)).toThrow(/both number 1/);
    rmSync(join(migrationsDir, '0001-again.sql'));
    migration('12-short.sql', 'SELECT 1;');
    expect(() => readMigrations(migrationsDir)).toThrow(/not named NNNN-name.sql/);
  });

  test('the shipped ones run and leave a sound database', async () => {
    const db = await openDatabase(join(folder, 'shipped.db'));
    opened.push(db);
    expect(pragma(db, 'integrity_check')).toBe('ok');
    expect(pragma(db, 'foreign_key_check')).toBeUndefined();
  });
});

describe('statements', () => {
  test('are checked when they are made, and named once', async () => {
    const db = await open();
    expect(() => statement(db, 'tapes.bad', 'SELECT colour FROM tape')).toThrow(
      /tapes\.bad does not fit.*colour/,
    );
    const one = statement(db, 'tapes.all', 'SELECT * FROM tape');
    expect(statement(db, 'tapes.all', 'SELECT * FROM tape')).toBe(one);
    expect(() => statement(db, 'tapes.all', 'SELECT 1')).toThrow(/Two statements are named tapes\.all/);
    expect([...db.statements]).toEqual([['tapes.all', 'SELECT * FROM tape']]);
  });

  test.each([
    { slowStatementMs: 5, named: ['test.slow', 'test.stream'] },
    { slowStatementMs: 60_000, named: [] },
  ])(
    'are logged by name over $slowStatementMs ms, rows that stream too',
    async ({ slowStatementMs, named }) => {
      const slow: object[] = [];
      const db = await open({
        slowStatementMs,
        logger: { ...silentLogger, warn: (fields) => slow.push(fields) },
      });
      const count = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)';
      statement<void, object>(db, 'test.slow', `${count} SELECT count(*) FROM n`).get();
      for (const _ of statement<void, object>(db, 'test.stream', `${count} SELECT max(i) FROM n`).iterate());
      expect(slow.map((fields) => (fields as { statement: string }).statement)).toEqual(named);
    },
  );

  test('roll back together', async () => {
    const db = await open();
    const insert = statement<{ id: string }>(db, 'tapes.insert', "INSERT INTO tape VALUES (:id, 'x')");
    const count = statement<void, { n: number }>(db, 'tapes.count', 'SELECT count(*) AS n FROM tape');
    expect(() =>
      db.transaction(() => {
        insert.run({ id: 'a' });
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(count.get()).toEqual({ n: 0 });
    expect(db.inTransaction).toBe(false);
  });
});

test('a copy never replaces a file', async () => {
  const db = await open();
  const target = join(folder, 'copy.db');
  await db.backup(target);
  await expect(db.backup(target)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
});
