import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Driver from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChainRow, eventHash, genesisHash } from './chain.ts';
import { verifyCheckpoint } from './checkpoint.ts';
import { createTestbed, playTape, type Testbed } from './log.testbed.ts';
import { chainRowOf } from './log-rows.ts';
import { dumpTables } from './tables.ts';
import { verifyChainRows } from './verify-chain.ts';

let bed: Testbed;
beforeEach(async () => {
  bed = await createTestbed();
});
afterEach(() => bed[Symbol.dispose]());

const derived = ['event_link', 'sample_tape', 'sample_pass'];
const insertSql = `INSERT INTO event_log VALUES
  (:seq, :eventUuid, :recordedAt, :occurredAt, :type, :actorId, :stationId, :payload, :prevHash, :hash)`;

describe('append', () => {
  test('event 1 binds the chain to the database, the station and its key', () => {
    const [first] = bed.log.list();
    expect(first).toMatchObject({
      seq: 1,
      type: 'log.opened',
      prevHash: genesisHash,
      stationId: 'station-1',
    });
    expect(first?.payload).toMatchObject({
      databaseId: bed.log.databaseId,
      publicKeyPem: bed.log.publicKeyPem,
    });
  });

  test('records events in order, links them and keeps the tables in step', () => {
    const events = playTape(bed.log, 't1');
    expect(events.map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6]);
    expect(verifyChainRows(bed.log.list().map(chainRowOf))).toEqual({ events: 6, head: bed.log.head() });
    expect(dumpTables(bed.db, ['sample_pass']).sample_pass?.[0]).toContain('"marks":3');
  });

  test('gives projections what a rebuild will give them', () => {
    const [event] = bed.log.append([
      {
        type: 'note',
        payload: { z: -0, a: undefined, at: new Date(0) },
        actorId: null,
        occurredAt: '2020-02-29T12:00:00.000Z',
      },
    ]);
    expect(event?.payload).toStrictEqual({ at: '1970-01-01T00:00:00.000Z', z: 0 });
    expect(event?.occurredAt).toBe('2020-02-29T12:00:00.000Z');
    expect(bed.log.list({ type: 'note' })).toStrictEqual([event]);
  });

  test('a projection that throws takes the whole batch back, and nobody is told', () => {
    playTape(bed.log, 't1');
    const before = { head: bed.log.head(), tables: dumpTables(bed.db, derived) };
    const told: number[] = [];
    using _ = bed.log.onDidAppend((events) => told.push(events.length));
    expect(() =>
      bed.log.append([
        { type: 'tape.registered', payload: { tapeId: 't2', title: 'Lost' }, actorId: null },
        { type: 'pass.marked', payload: { passId: 'nowhere' }, actorId: null },
      ]),
    ).toThrow('no pass nowhere');
    expect({ head: bed.log.head(), tables: dumpTables(bed.db, derived) }).toEqual(before);
    expect(told).toEqual([]);
  });

  test('a payload that does not parse records nothing', async () => {
    const log = await bed.reopen({
      parsePayload: (type) => {
        throw new RangeError(`no such event type: ${type}`);
      },
    });
    const head = log.head();
    expect(() => log.append([{ type: 'tape.eaten', payload: {}, actorId: null }])).toThrow(
      'no such event type',
    );
    expect(() => log.append([{ type: 'log.opened', payload: {}, actorId: null }])).toThrow(
      'by the log alone',
    );
    expect(log.head()).toEqual(head);
  });

  test('listeners hear of events after the commit, in order, whatever another listener does', () => {
    const heard: string[] = [];
    bed.log.onDidAppend(() => {
      throw new Error('a screen fell over');
    });
    bed.log.onDidAppend(([event]) => {
      expect(bed.db.inTransaction).toBe(false);
      if (event?.type === 'first') bed.log.append([{ type: 'second', payload: {}, actorId: null }]);
    });
    const last = bed.log.onDidAppend((events) => heard.push(...events.map(({ type }) => type)));
    bed.log.append([{ type: 'first', payload: {}, actorId: null }]);
    expect(heard).toEqual(['first', 'second']);
    expect(bed.errors).toHaveLength(2);
    last[Symbol.dispose]();
    bed.log.append([{ type: 'third', payload: {}, actorId: null }]);
    expect(heard).toEqual(['first', 'second']);
  });

  test('inside a transaction it is refused', () => {
    expect(() => bed.db.transaction(() => playTape(bed.log, 't1'))).toThrow(/inside a transaction/);
    expect(bed.log.head().seq).toBe(1);
  });

  test('a clock that goes backwards is recorded as it is, in the order of seq', async () => {
    const times = ['2026-03-01T10:00:00.000Z', '2026-03-01T09:00:00.000Z'];
    const log = await bed.reopen({ now: () => new Date(times.shift() ?? '2026-03-01T11:00:00.000Z') });
    const warned = bed.warnings.length;
    for (const tapeId of ['t1', 't2', 't3']) playTape(log, tapeId, 0);
    const recorded = log
      .list({ type: 'tape.registered' })
      .map(({ seq, recordedAt }) => [seq, recordedAt.slice(11, 13)]);
    expect(recorded).toEqual([
      [2, '10'],
      [4, '09'],
      [6, '11'],
    ]);
    expect(bed.warnings.slice(warned)).toContainEqual(expect.objectContaining({ seq: 4 }));
    expect(await log.verify()).toMatchObject({ ok: true, events: 7 });
  });
});

describe('the table refuses', () => {
  const nextRow = (changes: Partial<ChainRow> = {}): ChainRow => {
    const { seq, hash } = bed.log.head();
    const row = {
      ...chainRowOf(bed.log.list()[0] as never),
      eventUuid: 'new',
      seq: seq + 1,
      prevHash: hash,
      ...changes,
    };
    return { ...row, hash: changes.hash ?? eventHash(row) };
  };
  const attempt = (sql: string, row?: ChainRow, recursiveTriggers = true) => {
    const raw = new Driver(bed.databasePath);
    raw.pragma(`recursive_triggers = ${recursiveTriggers ? 'ON' : 'OFF'}`);
    try {
      return row === undefined ? raw.prepare(sql).run() : raw.prepare(sql).run(row);
    } finally {
      raw.close();
    }
  };
  beforeEach(() => {
    playTape(bed.log, 't1');
    bed.log.checkpoint('pass');
  });

  test('nothing that fits: the row these tests spoil is itself accepted', () => {
    expect(attempt(insertSql, nextRow()).changes).toBe(1);
  });

  test.each([
    "UPDATE event_log SET actor_id = 'eve' WHERE seq = 3",
    'UPDATE event_log SET seq = 99 WHERE seq = 6',
    'DELETE FROM event_log WHERE seq = 6',
    'DELETE FROM event_log',
    'UPDATE log_checkpoint SET seq = 2',
    'DELETE FROM log_checkpoint',
    'INSERT OR REPLACE INTO log_checkpoint SELECT * FROM log_checkpoint',
    'INSERT OR REPLACE INTO event_log SELECT * FROM event_log WHERE seq = 6',
  ])('%s', (sql) => {
    expect(() => attempt(sql)).toThrow(/never (changed|deleted)|must be|already recorded/);
    expect(() => attempt(sql, undefined, false)).toThrow(/never (changed|deleted)|must be|already recorded/);
  });

  test.each<[string, () => Partial<ChainRow>, RegExp]>([
    ['a gap', () => ({ seq: 8 }), /next number/],
    ['a number that is taken', () => ({ seq: 6 }), /next number/],
    ['a wrong hash before', () => ({ prevHash: 'f'.repeat(64) }), /hash of the last event/],
    ['no hash before', () => ({ prevHash: genesisHash }), /hash of the last event/],
    [
      'a uuid that is recorded',
      () => ({ eventUuid: bed.log.list()[3]?.eventUuid ?? '' }),
      /already recorded/,
    ],
    ['a hash that is recorded', () => ({ hash: bed.log.list()[3]?.hash ?? '' }), /already recorded/],
    ['no JSON', () => ({ payload: '{' }), /CHECK/],
  ])('%s, as INSERT and as INSERT OR REPLACE', (_name, changes, message) => {
    for (const sql of [insertSql, insertSql.replace('INSERT', 'INSERT OR REPLACE')]) {
      expect(() => attempt(sql, nextRow(changes()))).toThrow(message);
      expect(() => attempt(sql, nextRow(changes()), false)).toThrow(message);
    }
    expect(bed.log.head().seq).toBe(6);
  });
});

describe('rebuild', () => {
  test('gives identical tables, whatever was recorded', async () => {
    const action = fc.record({ tape: fc.nat(4), marks: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
        using fresh = await createTestbed();
        for (const { tape, marks } of actions) {
          const known = fresh.log.list({ tapeId: `t${tape}`, limit: 1 }).length > 0;
          if (!known) playTape(fresh.log, `t${tape}`, marks);
          else
            fresh.log.append([
              { type: 'pass.marked', payload: { passId: `pass-of-t${tape}` }, actorId: 'ann' },
            ]);
        }
        const before = dumpTables(fresh.db, derived);
        const { events } = fresh.log.rebuild();
        expect(events).toBe(fresh.log.head().seq);
        expect(dumpTables(fresh.db, derived)).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });

  test('mends tables that somebody changed by hand, and only those', async () => {
    playTape(bed.log, 't1');
    const before = dumpTables(bed.db, [...derived, 'event_log']);
    bed.tamper((raw) =>
      raw.exec("UPDATE sample_pass SET marks = 99; DELETE FROM event_link WHERE kind = 'tape'"),
    );
    expect(dumpTables(bed.db, [...derived, 'event_log'])).not.toEqual(before);
    bed.log.rebuild();
    expect(dumpTables(bed.db, [...derived, 'event_log'])).toEqual(before);
  });

  test('that fails leaves the tables as they were', async () => {
    playTape(bed.log, 't1');
    const before = dumpTables(bed.db, derived);
    const broken = {
      area: 'broken',
      tables: ['sample_pass', 'sample_tape'],
      apply() {
        throw new Error('cannot apply');
      },
    };
    const log = await bed.reopen({ projections: [broken] });
    expect(() => log.rebuild()).toThrow('cannot apply');
    expect(dumpTables(bed.db, derived)).toEqual(before);
  });

  test('spares projections the events that the log writes about itself', async () => {
    playTape(bed.log, 't1', 0);
    const seen: string[] = [];
    const watcher = {
      area: 'watcher',
      tables: [],
      apply: ({ type }: { type: string }) => void seen.push(type),
    };
    const log = await bed.reopen({ projections: [watcher] });
    expect(log.rebuild()).toEqual({ events: 3 });
    expect(seen).toEqual(['tape.registered', 'pass.prepared']);
  });

  test('two projections cannot own one table', async () => {
    const one = { area: 'one', tables: ['sample_tape'], apply() {} };
    await expect(bed.reopen({ projections: [one, { ...one, area: 'two' }] })).rejects.toThrow(
      /Two projections/,
    );
  });
});

describe('list', () => {
  beforeEach(() => {
    playTape(bed.log, 't1');
    playTape(bed.log, 't2');
  });
  const seqs = (filter: Parameters<Testbed['log']['list']>[0]) => bed.log.list(filter).map(({ seq }) => seq);

  test('finds what is about a tape, the events of its passes included', () => {
    expect(seqs({ tapeId: 't2' })).toEqual([7, 8, 9, 10, 11]);
    expect(seqs({ tapeId: 't2', type: 'pass.marked', newestFirst: true, limit: 2 })).toEqual([11, 10]);
    expect(seqs({ tapeId: 't3' })).toEqual([]);
  });

  test('finds what passed through a deck, by whom, in a range', () => {
    expect(seqs({ deviceSerial: '10317' })).toEqual([3, 4, 5, 6, 8, 9, 10, 11]);
    expect(seqs({ deviceSerial: '10317', tapeId: 't1', personId: 'ben' })).toEqual([4, 5, 6]);
    expect(seqs({ personId: 'ann' })).toEqual([2, 3, 7, 8]);
    expect(seqs({ type: 'pass.prepared', fromSeq: 4 })).toEqual([8]);
    expect(seqs({ fromSeq: 5, toSeq: 7 })).toEqual([5, 6, 7]);
    expect(seqs({ deviceSerial: '10317', to: '2020-01-01T00:00:00.000Z' })).toEqual([]);
    expect(seqs({ deviceSerial: '10317', from: '2020-01-01T00:00:00.000Z', limit: 1 })).toEqual([3]);
  });
});

describe('checkpoints', () => {
  test('are signed by the station, inside and outside the database, and prove themselves alone', async () => {
    playTape(bed.log, 't1');
    const checkpoint = bed.log.checkpoint('pass pass-of-t1');
    expect(checkpoint).toMatchObject({
      ...bed.log.head(),
      databaseId: bed.log.databaseId,
      stationId: 'station-1',
    });
    for (const folder of [bed.folder, bed.secondDisk]) {
      expect(JSON.parse(readFileSync(join(folder, 'checkpoints.jsonl'), 'utf8'))).toEqual(checkpoint);
    }
    expect(verifyCheckpoint(checkpoint, bed.log.publicKeyPem)).toBe(true);
    for (const change of [
      { seq: 5 },
      { hash: genesisHash },
      { reason: 'day' },
      { signedAt: '' },
      { keyId: '0' },
    ]) {
      expect(verifyCheckpoint({ ...checkpoint, ...change }, bed.log.publicKeyPem)).toBe(false);
    }
    expect(await bed.log.verify()).toMatchObject({
      ok: true,
      events: 6,
      head: bed.log.head(),
      checkpoints: 1,
    });
  });

  test('the key is made once and nobody else may read it', async () => {
    const path = join(bed.folder, 'station-key.pem');
    const pem = readFileSync(path, 'utf8');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    await bed.reopen();
    expect(readFileSync(path, 'utf8')).toBe(pem);
    writeFileSync(path, 'not a key');
    await expect(bed.reopen()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    writeFileSync(path, pem);
  });

  test('a new key is named in the log, and what the old one signed stays valid', async () => {
    playTape(bed.log, 't1');
    bed.log.checkpoint('day');
    rmSync(join(bed.folder, 'station-key.pem'));
    const log = await bed.reopen();
    expect(log.list({ newestFirst: true, limit: 1 })[0]).toMatchObject({ type: 'log.key-added' });
    log.checkpoint('day');
    expect(await log.verify()).toMatchObject({ ok: true, checkpoints: 2 });
  });

  test('a disk that was away gets what it missed; a torn line is stepped over', async () => {
    rmSync(bed.secondDisk, { recursive: true });
    bed.log.checkpoint('one');
    expect(bed.errors).toHaveLength(1);
    expect(await bed.log.verify()).toMatchObject({ ok: true, checkpoints: 1 });
    mkdirSync(bed.secondDisk);
    writeFileSync(join(bed.secondDisk, 'checkpoints.jsonl'), '{"databaseId":"01');
    bed.log.checkpoint('two');
    const lines = readFileSync(join(bed.secondDisk, 'checkpoints.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.slice(1).map((line) => JSON.parse(line).reason)).toEqual(['one', 'two']);
    expect(await bed.log.verify()).toMatchObject({ ok: true, checkpoints: 2 });
  });

  test('the log of another station is refused', async () => {
    await expect(bed.reopen({ stationId: 'station-2' })).rejects.toMatchObject({ code: 'WRONG_STATE' });
  });
});
