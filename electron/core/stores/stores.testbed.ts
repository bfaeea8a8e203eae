import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { openDatabase } from '#core/db/database.ts';
import { silentLogger } from '#core/db/logger.ts';
import { openScratchDatabase } from '#core/db/second-database.ts';
import { createLog } from '#core/log/log.ts';
import { openStationKey } from '#core/log/station-key.ts';
import { linksOf, type NewEvent, parsePayload } from '#shared/domain/events.ts';
import { createStores } from './stores.ts';

/** A migrated database in a folder of its own, with its log and stores. The clock goes one second an event. */
export async function openStoresTestbed() {
  const folder = mkdtempSync(join(tmpdir(), 'helical-stores-'));
  const db = await openDatabase(join(folder, 'helical.db'));
  const { stores, projections } = createStores(db);
  let second = 0;
  const log = createLog<NewEvent>({
    db,
    projections,
    parsePayload,
    linksOf,
    now: () => new Date(Date.UTC(2026, 10, 22, 10, 0, second++)),
    newId,
    signer: openStationKey(folder),
    stationId: newId(),
    checkpointFolders: [folder],
    async openReplica() {
      const replica = await openScratchDatabase();
      return { db: replica, projections: createStores(replica).projections };
    },
    logger: silentLogger,
  });
  return {
    db,
    log,
    stores,
    tables: projections.flatMap((projection) => projection.tables),
    close() {
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}
