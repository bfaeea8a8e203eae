import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Driver from 'better-sqlite3';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '#core/db/database.ts';
import { silentLogger } from '#core/db/logger.ts';
import { defaultMigrationsDir } from '#core/db/migration-file.ts';
import { createLog } from '#core/log/log.ts';
import type { Projection } from '#core/log/projection.ts';
import { openStationKey } from '#core/log/station-key.ts';
import { dumpTables } from '#core/log/tables.ts';
import { linksOf, type NewEvent, parsePayload } from '#shared/domain/events.ts';
import { oneTape } from './one-tape.testbed.ts';
import { createStores } from './stores.ts';

const stationId = newId();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-older-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const openLog = (db: Awaited<ReturnType<typeof openDatabase>>, projections: Projection[]) =>
  createLog<NewEvent>({
    ...{ db, projections, parsePayload, linksOf, newId, logger: silentLogger },
    now: () => new Date(),
    signer: openStationKey(folder),
    stationId,
    checkpointFolders: [folder],
  });

it('of a version without plans and certificates is taken over, links and all', async () => {
  const migrationsDir = join(folder, 'migrations');
  cpSync(defaultMigrationsDir, migrationsDir, { recursive: true });
  for (const name of await readdir(migrationsDir)) if (name >= '0016') rmSync(join(migrationsDir, name));
  const path = join(folder, 'helical.db');

  const { ids, events } = oneTape('T-1');
  const known = [...events.registered, ...events.captured, ...events.sealed].filter(
    ({ type }) => type !== 'pass.planned',
  );
  const older = await openDatabase(path, { migrationsDir });
  openLog(older, []).append(known);
  const links = dumpTables(older, ['event_link']);
  older.close();

  const db = await openDatabase(path);
  expect(dumpTables(db, ['event_link'])).toEqual(links);
  const { stores, projections } = createStores(db);
  const log = openLog(db, projections);
  log.rebuild();
  log.append([...events.certified, ...events.chosen]);
  expect(stores.passes.find(ids.passId)).toMatchObject({ state: 'sealed', plan: null, chosen: true });
  expect((await log.verify()).ok).toBe(true);
  db.close();
});

it('of a version that did not tell rejected from captured again says what a rebuilt one says', async () => {
  const path = join(folder, 'reviews.db');
  const tapes = ['T-1', 'T-2', 'T-3', 'T-4'].map((identifier) => oneTape(identifier));
  const verdicts = [
    ['reject ada', 'capture-again bo'],
    ['capture-again ada', 'reject ada'],
    ['capture-again ada', 'reject bo settles'],
    [],
  ];
  const known = tapes.flatMap(({ events, ids }, index) => {
    const given = events.reviewed.find(({ type }) => type === 'review.verdict-given');
    const said = (verdicts[index] ?? []).map((words) => {
      const [verdict, who, settles] = words.split(' ');
      const told = { verdictId: newId(), verdict, reason: '.', settles: settles !== undefined };
      const actorId = who === 'ada' ? ids.personId : ids.otherPersonId;
      return { ...given, payload: { ...given?.payload, ...told }, actorId } as unknown as NewEvent;
    });
    return [...events.registered, ...events.captured, ...events.sealed, ...events.packaged, ...said];
  });
  const db = await openDatabase(path);
  const { stores, projections } = createStores(db);
  openLog(db, projections).append(known);
  expect(tapes.map(({ ids }) => stores.tapes.find(ids.tapeId)?.review)).toEqual([
    ...['capture-again', 'rejected', 'rejected'],
    null,
  ]);
  const tables = ['review_state', 'tape'];
  const written = dumpTables(db, tables);
  db.close();

  const older = new Driver(path);
  // What came later is taken away again, so that it comes once more.
  const since = [
    ...['tape.review', 'review_state.is_again', 'qc_run.not_judged'],
    ...['decision', 'note', 'verdict', 'opinion'].map((said) => `review_${said}.written_by`),
    ...['review_watched.master_ranges', 'review_sitting.master_ranges'],
  ].map((column) => column.split('.'));
  for (const [table, column] of since) older.exec(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  older.pragma('user_version = 19');
  older.close();
  const newer = await openDatabase(path);
  expect(dumpTables(newer, tables)).toEqual(written);
  newer.close();
});
