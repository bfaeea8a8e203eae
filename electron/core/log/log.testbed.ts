import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Driver from 'better-sqlite3';
import { v7 as newId } from 'uuid';
import { type Database, openDatabase } from '#core/db/database.ts';
import { type Logger, silentLogger } from '#core/db/logger.ts';
import { openScratchDatabase } from '#core/db/second-database.ts';
import { statement } from '#core/db/statement.ts';
import type { EventLink, EventLinkKind, LogEvent } from './event.ts';
import { createLog, type Log, type LogOptions } from './log.ts';
import type { Projection } from './projection.ts';
import { openStationKey } from './station-key.ts';

/** A log on a real database in a folder of its own, with two small projections that refer to each other. */
export interface Testbed extends Disposable {
  folder: string;
  secondDisk: string;
  databasePath: string;
  db: Database;
  log: Log;
  warnings: object[];
  errors: object[];
  /** Opens the same folder again, as after a restart. */
  reopen(options?: Partial<LogOptions>): Promise<Log>;
  /** Does what the owner of the file can do with any SQLite tool: no triggers, no checks. */
  tamper(work: (raw: Driver.Database) => void): void;
}

export async function createTestbed(options: Partial<LogOptions> = {}): Promise<Testbed> {
  const folder = mkdtempSync(join(tmpdir(), 'helical-log-'));
  const secondDisk = mkdtempSync(join(tmpdir(), 'helical-second-disk-'));
  const databasePath = join(folder, 'helical.db');
  const warnings: object[] = [];
  const errors: object[] = [];
  const logger: Logger = {
    ...silentLogger,
    warn: (fields) => warnings.push(fields),
    error: (fields) => errors.push(fields),
  };
  const open = async (overrides: Partial<LogOptions>) => {
    const db = await openDatabase(databasePath);
    try {
      prepareTables(db);
      const log = createLog({
        db,
        projections: sampleProjections(db),
        parsePayload: (_type, payload) => payload,
        linksOf: sampleLinks,
        now: () => new Date(),
        newId,
        signer: openStationKey(folder),
        stationId: 'station-1',
        checkpointFolders: [folder, secondDisk],
        async openReplica() {
          const replica = await openScratchDatabase();
          prepareTables(replica);
          return { db: replica, projections: sampleProjections(replica) };
        },
        logger,
        ...overrides,
      });
      return { db, log };
    } catch (cause) {
      db.close();
      throw cause;
    }
  };
  const bed: Testbed = {
    folder,
    secondDisk,
    databasePath,
    warnings,
    errors,
    ...(await open(options)),
    async reopen(overrides = {}) {
      bed.db.close();
      Object.assign(bed, await open({ ...options, ...overrides }));
      return bed.log;
    },
    tamper(work) {
      const raw = new Driver(databasePath);
      try {
        raw.pragma('foreign_keys = OFF');
        raw.pragma('ignore_check_constraints = ON');
        const triggers = raw.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
          name: string;
          sql: string;
        }[];
        for (const { name } of triggers) raw.exec(`DROP TRIGGER ${name}`);
        work(raw);
        for (const { sql } of triggers) raw.exec(sql);
      } finally {
        raw.close();
      }
    },
    [Symbol.dispose]() {
      bed.db.close();
      rmSync(folder, { recursive: true });
      rmSync(secondDisk, { recursive: true });
    },
  };
  return bed;
}

function prepareTables(db: Database): void {
  const tables = [
    'CREATE TABLE IF NOT EXISTS sample_tape (tape_id TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT',
    `CREATE TABLE IF NOT EXISTS sample_pass (
       pass_id TEXT PRIMARY KEY, tape_id TEXT NOT NULL REFERENCES sample_tape, marks INTEGER NOT NULL,
       updated_at TEXT NOT NULL) STRICT`,
  ];
  for (const [index, sql] of tables.entries()) statement<void>(db, `sample.create.${index}`, sql).run();
}

interface SamplePayload {
  tapeId: string;
  passId: string;
  title: string;
}

function sampleProjections(db: Database): Projection[] {
  const tape = statement<{ tapeId: string; title: string }>(
    db,
    'sample.tape',
    'INSERT INTO sample_tape VALUES (:tapeId, :title) ON CONFLICT DO UPDATE SET title = excluded.title',
  );
  const pass = statement<{ passId: string; tapeId: string; at: string }>(
    db,
    'sample.pass',
    'INSERT INTO sample_pass VALUES (:passId, :tapeId, 0, :at)',
  );
  const mark = statement<{ passId: string; at: string }>(
    db,
    'sample.mark',
    'UPDATE sample_pass SET marks = marks + 1, updated_at = :at WHERE pass_id = :passId',
  );
  return [
    {
      area: 'tapes',
      tables: ['sample_tape'],
      apply({ type, payload }: LogEvent) {
        const { tapeId, title } = payload as SamplePayload;
        if (type === 'tape.registered') tape.run({ tapeId, title });
      },
    },
    {
      area: 'passes',
      tables: ['sample_pass'],
      apply({ type, payload, recordedAt: at }: LogEvent) {
        const { passId, tapeId } = payload as SamplePayload;
        if (type === 'pass.prepared') pass.run({ passId, tapeId, at });
        if (type === 'pass.marked' && mark.run({ passId, at }).changes !== 1)
          throw new Error(`no pass ${passId}`);
      },
    },
  ];
}

function sampleLinks(payload: Record<string, unknown>): EventLink[] {
  const kinds: [string, EventLinkKind][] = [
    ['tapeId', 'tape'],
    ['passId', 'pass'],
    ['deviceSerial', 'device'],
  ];
  return kinds.flatMap(([field, kind]) => {
    const objectId = payload[field];
    return typeof objectId === 'string' ? [{ kind, objectId }] : [];
  });
}

/** One tape, one pass on a deck, and some marks: 2 + `marks` events. */
export function playTape(log: Log, tapeId: string, marks = 3): LogEvent[] {
  const passId = `pass-of-${tapeId}`;
  return log.append([
    { type: 'tape.registered', payload: { tapeId, title: `Title of ${tapeId}` }, actorId: 'ann' },
    { type: 'pass.prepared', payload: { passId, tapeId, deviceSerial: '10317' }, actorId: 'ann' },
    ...Array.from({ length: marks }, (_, frame) => ({
      type: 'pass.marked',
      payload: { passId, frame, label: 'drop-out' },
      actorId: 'ben',
    })),
  ]);
}
