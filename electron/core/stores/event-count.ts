import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import { isAboutAny } from '#core/log/list.ts';

export interface EventCountFilter {
  tapeId: string | undefined;
  /** About at least one of these passes and self-tests. */
  aboutAny: readonly string[] | undefined;
  /** Who did it, or whom it is about. */
  personId: string | undefined;
  type: string | undefined;
  /** Occurred at or after, and before; UTC ISO 8601. */
  from: string | undefined;
  to: string | undefined;
}

/** How many events of the log a filter leaves. */
export function createEventCount(db: Database): (filter: EventCountFilter) => number {
  const linked = (kind: string) =>
    `EXISTS (SELECT 1 FROM event_link m WHERE m.kind = '${kind}' AND m.object_id = @${kind} AND m.seq = e.seq)`;
  const rest = `(@type IS NULL OR e.type = @type) AND (@from IS NULL OR e.occurred_at >= @from)
    AND (@to IS NULL OR e.occurred_at < @to)
    AND ${isAboutAny.replaceAll(':aboutAny', '@aboutAny')} AND (@person IS NULL OR ${linked('person')})`;
  const ofAll = statement<Params, { total: number }>(
    db,
    'eventCount.all',
    `SELECT count(*) AS total FROM event_log e WHERE ${rest}`,
  );
  const ofTape = statement<Params, { total: number }>(
    db,
    'eventCount.ofTape',
    `SELECT count(*) AS total FROM event_link l JOIN event_log e ON e.seq = l.seq
      WHERE l.kind = 'tape' AND l.object_id = @tape AND ${rest}`,
  );
  return ({ tapeId, aboutAny, personId, type, from, to }) => {
    const params = {
      ...{ aboutAny: aboutAny ? JSON.stringify(aboutAny) : null, person: personId ?? null },
      ...{ type: type ?? null, from: from ?? null, to: to ?? null },
    };
    const counted = tapeId === undefined ? ofAll.get(params) : ofTape.get({ ...params, tape: tapeId });
    return counted?.total ?? 0;
  };
}

type Params = Record<string, string | null>;
