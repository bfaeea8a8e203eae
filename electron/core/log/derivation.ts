import type { Database } from '#core/db/database.ts';
import type { LogEvent } from './event.ts';
import { eventLinks, type LinksOf } from './links.ts';
import { isOwnType } from './own-events.ts';
import type { Projection } from './projection.ts';

/** Brings every derived table of a database up to date with one event: live, in a rebuild and in a check alike. */
export function derivation(
  db: Database,
  linksOf: LinksOf,
  projections: readonly Projection[],
): (event: LogEvent) => void {
  const links = eventLinks(db, linksOf);
  return (event) => {
    if (isOwnType(event.type)) return;
    links.record(event);
    for (const projection of projections) projection.apply(event);
  };
}

/** Every table that the log makes. Throws where two areas own the same one. */
export function derivedTablesOf(projections: readonly Projection[]): string[] {
  const tables = ['event_link', ...projections.flatMap((projection) => projection.tables)];
  const twice = tables.find((table, index) => tables.indexOf(table) !== index);
  if (twice !== undefined) throw new Error(`Two projections own the table ${twice}`);
  if (tables.includes('event_log') || tables.includes('log_checkpoint'))
    throw new Error('The log is no projection');
  return tables;
}
