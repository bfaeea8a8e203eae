import type { Database } from '#core/db/database.ts';
import type { Logger } from '#core/db/logger.ts';
import { statement } from '#core/db/statement.ts';
import type { Checkpoint } from './checkpoint.ts';
import { addToCheckpointFile, readCheckpointFile } from './checkpoint-file.ts';

interface Options {
  db: Database;
  /** The data folder, then further folders on other disks. */
  folders: readonly string[];
  logger: Logger;
}

/** Keeps checkpoints in the table log_checkpoint and in a file in each folder. */
export function checkpointStore({ db, folders, logger }: Options) {
  const insert = statement<Checkpoint>(
    db,
    'log.insertCheckpoint',
    `INSERT INTO log_checkpoint (database_id, station_id, seq, hash, reason, signed_at, key_id, signature)
     VALUES (:databaseId, :stationId, :seq, :hash, :reason, :signedAt, :keyId, :signature)`,
  );
  const all = statement<void, Checkpoint>(
    db,
    'log.checkpoints',
    `SELECT database_id AS databaseId, station_id AS stationId, seq, hash, reason, signed_at AS signedAt,
            key_id AS keyId, signature
       FROM log_checkpoint ORDER BY checkpoint_id`,
  );
  return {
    all: () => all.all(),
    /**
     * The table first, then the files: a crash in between is mended by the next checkpoint, which adds whatever a
     * file lacks. A folder that cannot be written (a disk that is unplugged) is an error line, not a stop: the next
     * checkpoint mends it too.
     */
    record(checkpoint: Checkpoint): void {
      insert.run(checkpoint);
      const checkpoints = all.all();
      for (const folder of folders) {
        try {
          addToCheckpointFile(folder, checkpoints);
        } catch (cause) {
          logger.error(
            { err: cause, folder, seq: checkpoint.seq },
            'checkpoint not written outside the database',
          );
        }
      }
    },
    /** What the files hold. A file that exists and cannot be read throws; an absent one holds nothing. */
    outside: () => folders.map((folder) => readCheckpointFile(folder)),
  };
}

export type CheckpointStore = ReturnType<typeof checkpointStore>;
