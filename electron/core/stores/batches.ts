import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { Projection } from '#core/log/projection.ts';
import { applyEvents } from './apply-events.ts';

export interface Batch {
  id: string;
  name: string;
  createdAt: string;
  tapes: { id: string; identifier: string; title: string; state: string }[];
  packages: Package[];
}

export interface Package {
  id: string;
  batchId: string;
  tapeId: string;
  tapeIdentifier: string;
  profileId: string;
  name: string;
  sizeBytes: number;
  writtenAt: string;
  verified: boolean | null;
}

export interface BatchesStore {
  projection: Projection;
  /** Newest first. */
  list(): Batch[];
  /** By id or by name (which does not tell cases apart). */
  find(batch: string): Batch | undefined;
  findPackage(packageId: string): Package | undefined;
  /** Where this computer put a package. Beside the log, which names no path of one computer. */
  placeOf(packageId: string): string | undefined;
  rememberPlace(packageId: string, path: string): void;
}

export function createBatchesStore(db: Database): BatchesStore {
  const all = statement<void, BatchRow>(db, 'batches.all', 'SELECT * FROM batch ORDER BY batch_id DESC');
  const byIdOrName = statement<{ batch: string }, BatchRow>(
    db,
    'batches.byIdOrName',
    'SELECT * FROM batch WHERE batch_id = @batch OR name = @batch',
  );
  const tapesOf = statement<{ batchId: string }, Batch['tapes'][number]>(
    db,
    'batches.tapes',
    `SELECT tape_id AS id, identifier, title, state FROM batch_tape JOIN tape USING (tape_id)
      WHERE batch_id = @batchId ORDER BY position`,
  );
  const packageColumns = `SELECT package.*, identifier AS tape_identifier FROM package JOIN tape USING (tape_id)`;
  const packagesOf = statement<{ batchId: string }, PackageRow>(
    db,
    'batches.packages',
    `${packageColumns} WHERE batch_id = @batchId ORDER BY seq`,
  );
  const packageById = statement<{ packageId: string }, PackageRow>(
    db,
    'batches.packageById',
    `${packageColumns} WHERE package_id = @packageId`,
  );
  const placeOf = statement<{ packageId: string }, { path: string }>(
    db,
    'batches.placeOf',
    'SELECT path FROM package_place WHERE package_id = @packageId',
  );
  const rememberPlace = statement<{ packageId: string; path: string }>(
    db,
    'batches.rememberPlace',
    `INSERT INTO package_place (package_id, path) VALUES (@packageId, @path)
     ON CONFLICT (package_id) DO UPDATE SET path = excluded.path`,
  );

  const batchOf = (row: BatchRow): Batch => ({
    id: row.batch_id,
    name: row.name,
    createdAt: row.created_at,
    tapes: tapesOf.all({ batchId: row.batch_id }),
    packages: packagesOf.all({ batchId: row.batch_id }).map(packageOf),
  });

  return {
    projection: {
      area: 'batches',
      tables: ['package', 'batch_tape', 'batch'],
      apply: batchEvents(db),
    },
    list: () => all.all().map(batchOf),
    find: (batch) => {
      const row = byIdOrName.get({ batch });
      return row && batchOf(row);
    },
    findPackage: (packageId) => {
      const row = packageById.get({ packageId });
      return row && packageOf(row);
    },
    placeOf: (packageId) => placeOf.get({ packageId })?.path,
    rememberPlace: (packageId, path) => void rememberPlace.run({ packageId, path }),
  };
}

function batchEvents(db: Database): Projection['apply'] {
  const insertBatch = statement<{ batchId: string; name: string; at: string }>(
    db,
    'batches.insert',
    'INSERT INTO batch (batch_id, name, created_at) VALUES (@batchId, @name, @at)',
  );
  const insertTape = statement<{ batchId: string; position: number; tapeId: string }>(
    db,
    'batches.insertTape',
    'INSERT INTO batch_tape (batch_id, position, tape_id) VALUES (@batchId, @position, @tapeId)',
  );
  const insertPackage = statement<Record<string, string | number>>(
    db,
    'batches.insertPackage',
    `INSERT INTO package (seq, package_id, batch_id, tape_id, pass_id, profile_id, name, size_bytes,
       manifest_sha512, written_at, is_verified, problems)
     VALUES (@seq, @packageId, @batchId, @tapeId, @passId, @profileId, @name, @sizeBytes,
       @manifestSha512, @at, NULL, '[]')`,
  );
  const judgePackage = statement<{ packageId: string; isVerified: number; problems: string }>(
    db,
    'batches.judgePackage',
    'UPDATE package SET is_verified = @isVerified, problems = @problems WHERE package_id = @packageId',
  );
  return applyEvents({
    'batch.created': ({ payload: { batchId, name, tapeIds }, occurredAt }) => {
      insertBatch.run({ batchId, name, at: occurredAt });
      for (const [position, tapeId] of tapeIds.entries()) insertTape.run({ batchId, position, tapeId });
    },
    'package.written': ({ seq, payload, occurredAt }) =>
      void insertPackage.run({ ...payload, seq, at: occurredAt }),
    'package.verified': ({ payload: { packageId, ok, problems } }) =>
      void judgePackage.run({ packageId, isVerified: ok ? 1 : 0, problems: JSON.stringify(problems) }),
  });
}

function packageOf(row: PackageRow): Package {
  return {
    id: row.package_id,
    batchId: row.batch_id,
    tapeId: row.tape_id,
    tapeIdentifier: row.tape_identifier,
    profileId: row.profile_id,
    name: row.name,
    sizeBytes: row.size_bytes,
    writtenAt: row.written_at,
    verified: row.is_verified === null ? null : row.is_verified === 1,
  };
}

interface BatchRow {
  batch_id: string;
  name: string;
  created_at: string;
}

interface PackageRow {
  package_id: string;
  batch_id: string;
  tape_id: string;
  tape_identifier: string;
  profile_id: string;
  name: string;
  size_bytes: number;
  written_at: string;
  is_verified: number | null;
}
