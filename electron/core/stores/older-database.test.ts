import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
