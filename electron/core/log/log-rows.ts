import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import { type ChainRow, canonicalJson } from './chain.ts';
import type { LogEvent } from './event.ts';
import type { ChainHead } from './verify-chain.ts';

/** Columns of event_log under the names of ChainRow; the table is aliased `e`. */
export const chainColumns = `e.seq, e.event_uuid AS eventUuid, e.recorded_at AS recordedAt,
  e.occurred_at AS occurredAt, e.type, e.actor_id AS actorId, e.station_id AS stationId, e.payload,
  e.prev_hash AS prevHash, e.hash`;

/** The event of a row: its payload is parsed from the text that was hashed, live and in a rebuild alike. */
export function eventOf(row: ChainRow): LogEvent {
  return { ...row, payload: JSON.parse(row.payload) as unknown };
}

/** The row of an event, for packages: `verifyChainRows` takes it. */
export function chainRowOf(event: LogEvent): ChainRow {
  return { ...event, payload: canonicalJson(event.payload) };
}

/** The statements on event_log itself. */
export function logRows(db: Database) {
  const insert = statement<ChainRow>(
    db,
    'log.insert',
    `INSERT INTO event_log
       (seq, event_uuid, recorded_at, occurred_at, type, actor_id, station_id, payload, prev_hash, hash)
     VALUES
       (:seq, :eventUuid, :recordedAt, :occurredAt, :type, :actorId, :stationId, :payload, :prevHash, :hash)`,
  );
  const last = statement<void, ChainHead & { recordedAt: string }>(
    db,
    'log.last',
    'SELECT seq, hash, recorded_at AS recordedAt FROM event_log ORDER BY seq DESC LIMIT 1',
  );
  const page = statement<{ afterSeq: number; toSeq: number; limit: number }, ChainRow>(
    db,
    'log.page',
    `SELECT ${chainColumns} FROM event_log e WHERE e.seq > :afterSeq AND e.seq <= :toSeq ORDER BY e.seq LIMIT :limit`,
  );
  const ofType = statement<{ type: string }, ChainRow>(
    db,
    'log.ofType',
    `SELECT ${chainColumns} FROM event_log e WHERE e.type = :type ORDER BY e.seq`,
  );
  return {
    insert: (row: ChainRow) => insert.run(row),
    last: () => last.get(),
    ofType: (type: string) => ofType.all({ type }),
    /** All rows up to `toSeq` in pages, so that the connection is free for others in between. */
    *pages(toSeq: number, limit = 2000): Generator<ChainRow[]> {
      let afterSeq = Number.MIN_SAFE_INTEGER;
      while (true) {
        const rows = page.all({ afterSeq, toSeq, limit });
        const lastRow = rows.at(-1);
        if (lastRow === undefined) return;
        yield rows;
        afterSeq = lastRow.seq;
      }
    },
  };
}
