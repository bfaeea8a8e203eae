import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { EventLink, LogEvent } from './event.ts';

/** Names what a payload is about; pure. */
export type LinksOf = (payload: Record<string, unknown>) => readonly EventLink[];

/** Fills event_link. */
export function eventLinks(db: Database, linksOf: LinksOf) {
  const insert = statement<EventLink & { seq: number }>(
    db,
    'log.link',
    'INSERT OR IGNORE INTO event_link (kind, object_id, seq) VALUES (:kind, :objectId, :seq)',
  );
  // Most events of a pass name the pass alone. They are about its tape and its devices too: those that the first
  // event of the pass names.
  const inherit = statement<{ passId: string; seq: number }>(
    db,
    'log.inheritLinks',
    `INSERT OR IGNORE INTO event_link (kind, object_id, seq)
     SELECT kind, object_id, :seq FROM event_link
      WHERE seq = (SELECT min(seq) FROM event_link WHERE kind = 'pass' AND object_id = :passId)
        AND kind IN ('tape', 'device')`,
  );
  return {
    record(event: LogEvent): void {
      const { seq, actorId } = event;
      const links = linksOf(event.payload as Record<string, unknown>);
      for (const { kind, objectId } of links) {
        insert.run({ kind, objectId, seq });
        if (kind === 'pass') inherit.run({ passId: objectId, seq });
      }
      if (actorId !== null) insert.run({ kind: 'person', objectId: actorId, seq });
    },
  };
}
