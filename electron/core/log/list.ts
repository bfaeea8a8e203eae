import type { Database } from '#core/db/database.ts';
import { type Statement, statement } from '#core/db/statement.ts';
import type { ChainRow } from './chain.ts';
import type { EventLinkKind, LogEvent } from './event.ts';
import { chainColumns, eventOf } from './log-rows.ts';

/** Which events; all conditions must hold. */
export interface LogFilter {
  tapeId?: string | undefined;
  passId?: string | undefined;
  batchId?: string | undefined;
  packageId?: string | undefined;
  /** Who did it, or whom it is about. */
  personId?: string | undefined;
  deviceSerial?: string | undefined;
  /** About at least one of these passes and self-tests. */
  aboutAny?: readonly string[] | undefined;
  certificateId?: string | undefined;
  type?: string | undefined;
  /** From this seq on (inclusive). */
  fromSeq?: number | undefined;
  /** Up to this seq (inclusive). */
  toSeq?: number | undefined;
  /** Occurred at or after; UTC ISO 8601. */
  from?: string | undefined;
  /** Occurred before; UTC ISO 8601. */
  to?: string | undefined;
  /** At most; default 1000. */
  limit?: number | undefined;
  newestFirst?: boolean | undefined;
}

type Params = Record<string, string | number | null>;

const linkFields: readonly [keyof LogFilter, EventLinkKind][] = [
  ['passId', 'pass'],
  ['packageId', 'package'],
  ['tapeId', 'tape'],
  ['batchId', 'batch'],
  ['deviceSerial', 'device'],
  ['certificateId', 'certificate'],
  ['personId', 'person'],
];

/** Answers filters from fixed statements: one for each way into the table, in both orders. */
export function eventList(db: Database): (filter?: LogFilter) => LogEvent[] {
  const ways = {
    all: 'event_log e WHERE true',
    type: 'event_log e WHERE e.type = :type',
    // The + keeps the planner on the link's own index; CROSS JOIN keeps the order of the tables.
    link: `event_link l CROSS JOIN event_log e ON e.seq = l.seq
            WHERE l.kind = :kind AND l.object_id = :objectId AND (:type IS NULL OR +e.type = :type)`,
  };
  const statements = new Map<string, Statement<Params, ChainRow>>();
  for (const [way, source] of Object.entries(ways)) {
    for (const order of ['ASC', 'DESC']) {
      const name = `${way}.${order}`;
      statements.set(
        name,
        statement<Params, ChainRow>(db, `log.list.${name}`, selection(source, way, order)),
      );
    }
  }
  return (filter = {}) => {
    const [first, ...others] = linkFields.flatMap(([field, kind]) => {
      const objectId = filter[field];
      return typeof objectId === 'string' ? [{ kind, objectId }] : [];
    });
    const way = first !== undefined ? 'link' : filter.type !== undefined ? 'type' : 'all';
    const chosen = statements.get(`${way}.${filter.newestFirst ? 'DESC' : 'ASC'}`);
    const params: Params = {
      kind: first?.kind ?? null,
      objectId: first?.objectId ?? null,
      type: filter.type ?? null,
      others: JSON.stringify(others),
      aboutAny: filter.aboutAny ? JSON.stringify(filter.aboutAny) : null,
      fromSeq: filter.fromSeq ?? 0,
      toSeq: filter.toSeq ?? Number.MAX_SAFE_INTEGER,
      from: filter.from ?? null,
      to: filter.to ?? null,
      limit: filter.limit ?? 1000,
    };
    return (chosen?.all(params) ?? []).map(eventOf);
  };
}

/** One of the passes and self-tests of `:aboutAny`, a JSON list of ids, where one is given. */
export const isAboutAny = `(:aboutAny IS NULL OR e.seq IN (
      SELECT m.seq FROM json_each(:aboutAny) one
        CROSS JOIN event_link m ON m.kind IN ('pass', 'certificate') AND m.object_id = one.value))`;

function selection(source: string, way: string, order: string): string {
  const seq = way === 'link' ? 'l.seq' : 'e.seq';
  return `SELECT ${chainColumns} FROM ${source}
    AND ${seq} BETWEEN :fromSeq AND :toSeq
    AND (:from IS NULL OR e.occurred_at >= :from) AND (:to IS NULL OR e.occurred_at < :to)
    AND ${isAboutAny}
    AND NOT EXISTS (
      SELECT 1 FROM json_each(:others) other
       WHERE NOT EXISTS (SELECT 1 FROM event_link m
                          WHERE m.kind = other.value ->> 'kind' AND m.object_id = other.value ->> 'objectId'
                            AND m.seq = e.seq))
    ORDER BY ${seq} ${order} LIMIT :limit`;
}
