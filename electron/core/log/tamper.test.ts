import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Driver from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChainRow, canonicalJson, eventHash, genesisHash } from './chain.ts';
import { createTestbed, playTape, type Testbed } from './log.testbed.ts';
import { chainRowOf } from './log-rows.ts';
import { verifyChainRows } from './verify-chain.ts';
import { whyCheckpointFails } from './verify-checkpoints.ts';

/** What somebody does to a history. `at` is always an event that a checkpoint covers. */
type Mutation =
  | { kind: 'edit'; at: number; field: EditableField; rechain: boolean }
  | { kind: 'delete'; at: number; rechain: boolean }
  | { kind: 'swap'; at: number; rechain: boolean }
  | { kind: 'insert'; at: number; rechain: boolean }
  | { kind: 'cut'; at: number };

const editable = [
  'eventUuid',
  'recordedAt',
  'occurredAt',
  'type',
  'actorId',
  'stationId',
  'payload',
] as const;
type EditableField = (typeof editable)[number];

/** Mutations of a chain whose events up to `signedSeq` are covered by a checkpoint. */
function mutations(signedSeq: number): fc.Arbitrary<Mutation> {
  const at = fc.integer({ min: 1, max: signedSeq });
  const rechain = fc.boolean();
  return fc.oneof(
    fc.record({ kind: fc.constant('edit' as const), at, field: fc.constantFrom(...editable), rechain }),
    fc.record({ kind: fc.constant('delete' as const), at, rechain }),
    fc.record({ kind: fc.constant('swap' as const), at, rechain }),
    fc.record({ kind: fc.constant('insert' as const), at, rechain }),
    fc.record({ kind: fc.constant('cut' as const), at }),
  );
}

function mutate(rows: readonly ChainRow[], mutation: Mutation): ChainRow[] {
  const index = mutation.at - 1;
  const row = rows[index];
  const next = rows[index + 1];
  if (row === undefined || next === undefined) throw new Error(`no event ${mutation.at}`);
  if (mutation.kind === 'cut') return rows.slice(0, index);
  let changed: ChainRow[];
  if (mutation.kind === 'edit') {
    const value = mutation.field === 'payload' ? canonicalJson({ forged: true }) : `${row[mutation.field]}~`;
    changed = rows.with(index, { ...row, [mutation.field]: value });
  } else if (mutation.kind === 'delete') changed = rows.toSpliced(index, 1);
  else if (mutation.kind === 'swap') {
    changed = rows.toSpliced(index, 2, { ...next, seq: row.seq }, { ...row, seq: next.seq });
  } else changed = rows.toSpliced(index, 0, { ...row, eventUuid: `${row.eventUuid}~` });
  return mutation.rechain ? rechained(changed) : changed;
}

/** Gives rows new numbers and fitting hashes: a chain that is whole in itself. */
function rechained(rows: readonly ChainRow[]): ChainRow[] {
  let prevHash = genesisHash;
  return rows.map((row, index) => {
    const unhashed = { ...row, seq: index + 1, prevHash };
    prevHash = eventHash(unhashed);
    return { ...unhashed, hash: prevHash };
  });
}

function replaceLog(raw: Driver.Database, rows: readonly ChainRow[]): void {
  raw.exec('DELETE FROM event_log');
  const insert = raw.prepare(`INSERT OR IGNORE INTO event_log VALUES
    (:seq, :eventUuid, :recordedAt, :occurredAt, :type, :actorId, :stationId, :payload, :prevHash, :hash)`);
  // What cannot be stored twice (a number, a uuid) is left out: the table would not take it either.
  for (const row of rows) insert.run(row);
}

let bed: Testbed;
let signedSeq: number;
beforeEach(async () => {
  bed = await createTestbed();
  for (const tapeId of ['t1', 't2', 't3', 't4']) playTape(bed.log, tapeId);
  signedSeq = bed.log.checkpoint('day').seq;
  playTape(bed.log, 't5');
});
afterEach(() => bed[Symbol.dispose]());

test('10,000 mutations of a history, all found given one earlier checkpoint', () => {
  const rows = bed.log.list().map(chainRowOf);
  const [checkpoint] = bed.log.checkpoints();
  if (checkpoint === undefined) throw new Error('no checkpoint');
  const publicKeys = new Map([[checkpoint.keyId, bed.log.publicKeyPem]]);
  const isFound = (history: readonly ChainRow[]): boolean => {
    const verdict = verifyChainRows(history);
    const hashAt = (seq: number) => history.find((row) => row.seq === seq)?.hash;
    const evidence = { head: verdict.head, hashAt, publicKeys };
    return verdict.firstBroken !== undefined || whyCheckpointFails(checkpoint, evidence) !== undefined;
  };
  expect(isFound(rows)).toBe(false);
  // Cutting what no checkpoint covers cannot be found; the README says so.
  expect(isFound(rows.slice(0, signedSeq))).toBe(false);
  fc.assert(
    fc.property(mutations(signedSeq), (mutation) => isFound(mutate(rows, mutation))),
    { numRuns: 10_000 },
  );
});

test('mutations in the database itself, with triggers dropped and put back, are found by verify()', async () => {
  const rows = bed.log.list().map(chainRowOf);
  expect(await bed.log.verify()).toMatchObject({ ok: true, events: rows.length, checkpoints: 1 });
  await fc.assert(
    fc.asyncProperty(mutations(signedSeq), fc.boolean(), async (mutation, emptyTable) => {
      bed.tamper((raw) => {
        replaceLog(raw, mutate(rows, mutation));
        if (emptyTable) raw.exec('DELETE FROM log_checkpoint');
      });
      const { ok, firstBroken } = await bed.log.verify();
      expect(ok).toBe(false);
      expect(firstBroken?.reason).toMatch(/\.$/);
    }),
    { numRuns: 100 },
  );
});

describe('what verify() says', () => {
  test('an edit is named by its event', async () => {
    bed.tamper((raw) => raw.exec("UPDATE event_log SET actor_id = 'eve' WHERE seq = 7"));
    const { firstBroken, events } = await bed.log.verify();
    expect({ firstBroken, events }).toEqual({
      firstBroken: { seq: 7, reason: 'The content of event 7 is not what was recorded.' },
      events: 6,
    });
  });

  test('a tail that was cut off is found by the file on the second disk alone', async () => {
    bed.tamper((raw) => raw.exec('DELETE FROM event_log WHERE seq > 10; DELETE FROM log_checkpoint'));
    rmSync(join(bed.folder, 'checkpoints.jsonl'));
    const verdict = await bed.log.verify();
    expect(verdict).toMatchObject({ ok: false, head: { seq: 10 }, checkpoints: 0, firstBroken: { seq: 11 } });
    expect(verdict.firstBroken?.reason).toContain(`it reached event ${signedSeq}: its end is missing`);
  });

  test('a database from an old backup is found', async () => {
    const copy = join(bed.folder, 'old.db');
    await bed.db.backup(copy);
    playTape(bed.log, 't6');
    bed.log.checkpoint('pass');
    bed.db.close();
    for (const ending of ['-wal', '-shm']) rmSync(bed.databasePath + ending, { force: true });
    copyFileSync(copy, bed.databasePath);
    const log = await bed.reopen();
    playTape(log, 'another t6');
    expect(await log.verify()).toMatchObject({ ok: false });
  });

  test('checkpoints that vanished from the table, or were edited outside, are found', async () => {
    const path = join(bed.secondDisk, 'checkpoints.jsonl');
    const line = readFileSync(path, 'utf8');
    writeFileSync(path, line.replace(`"seq":${signedSeq}`, '"seq":5'));
    expect((await bed.log.verify()).firstBroken?.reason).toContain('signature');
    writeFileSync(path, line);
    bed.tamper((raw) => raw.exec('DELETE FROM log_checkpoint'));
    expect((await bed.log.verify()).firstBroken?.reason).toContain('not in the database any more');
  });

  test('the checkpoints of another database on the second disk are no evidence against this one', async () => {
    using other = await createTestbed();
    other.log.checkpoint('day');
    const path = join(bed.secondDisk, 'checkpoints.jsonl');
    writeFileSync(path, readFileSync(join(other.folder, 'checkpoints.jsonl')), { flag: 'a' });
    expect(await bed.log.verify()).toMatchObject({ ok: true, checkpoints: 1 });
  });

  test('a forged history with a forged key and its own checkpoint does not outlive the second disk', async () => {
    using forger = await createTestbed();
    for (const tapeId of ['t1', 't2', 'never played']) playTape(forger.log, tapeId, 9);
    const forged = forger.log.list().map(chainRowOf);
    const opened = JSON.parse(forged[0]?.payload ?? '{}');
    opened.databaseId = bed.log.databaseId;
    const first = forged[0];
    if (first === undefined) throw new Error('no forged event');
    const rows = rechained(forged.with(0, { ...first, payload: canonicalJson(opened) }));
    bed.tamper((raw) => {
      replaceLog(raw, rows);
      raw.exec('DELETE FROM log_checkpoint');
    });
    rmSync(join(bed.folder, 'checkpoints.jsonl'));
    const { ok, firstBroken } = await bed.log.verify();
    expect(ok).toBe(false);
    expect(firstBroken?.reason).toContain('which this log does not name');
  });

  describe('of the tables', () => {
    const forgeries: [string, string, RegExp][] = [
      [
        'changed',
        "UPDATE sample_tape SET title = 'A forgery' WHERE tape_id = 't2'",
        /sample_tape .*title: "A forgery" in place of "Title of t2"/,
      ],
      [
        'added',
        "INSERT INTO sample_tape VALUES ('t9', 'Never played')",
        /sample_tape .*row 6 is in no event/,
      ],
      ['taken away', "DELETE FROM sample_pass WHERE tape_id = 't5'", /sample_pass .*row 5 is missing/],
      ['unlinked', "DELETE FROM event_link WHERE object_id = 't3' AND seq = 12", /event_link/],
    ];
    test.each(forgeries)(
      'a row that was %s is found while the chain is whole',
      async (_what, sql, reason) => {
        expect(await bed.log.verify()).toMatchObject({ ok: true, tables: { ok: true, differing: [] } });
        bed.tamper((raw) => raw.exec(sql));
        const verdict = await bed.log.verify();
        expect(verdict).toMatchObject({ ok: false, tables: { ok: false } });
        expect(verdict.firstBroken?.reason).toMatch(reason);
        expect(verdict.events).toBe(bed.log.head().seq);
        bed.log.rebuild();
        expect(await bed.log.verify()).toMatchObject({ ok: true });
      },
    );

    test('a table that is put right meanwhile, and events that come meanwhile, disturb nothing', async () => {
      const verifying = Array.from({ length: 3 }, () => bed.log.verify());
      for (let tape = 10; tape < 40; tape += 1) {
        playTape(bed.log, `t${tape}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
      for (const verdict of await Promise.all(verifying)) expect(verdict).toMatchObject({ ok: true });
      expect(await bed.log.verify()).toMatchObject({ ok: true, tables: { ok: true }, head: bed.log.head() });
    });
  });

  test('recording goes on while it verifies', async () => {
    const before = bed.log.head();
    const verifying = bed.log.verify();
    playTape(bed.log, 't7');
    expect(await verifying).toMatchObject({ ok: true, head: before });
  });
});
