import type { Database } from '#core/db/database.ts';
import { type Statement, statement } from '#core/db/statement.ts';
import type { Projection } from '#core/log/projection.ts';
import { eventValues } from '#shared/domain/event-values.ts';
import { type Tape, type TapeStanding, tapeSchema, tapeStandings } from '#shared/domain/tape.ts';
import { searchWords } from './search-text.ts';
import { tapeEvents, timelineKey } from './tape-events.ts';

export interface TapeQuery {
  filter: string;
  states: readonly TapeStanding[];
  sortBy: SortColumn;
  descending: boolean;
  offset: number;
  limit: number;
}

export interface TimelineEntry {
  seq: number;
  at: string;
  type: string;
  summary: { key: string; values: Record<string, string | number> };
  passId: string | null;
  actorId: string | null;
}

export interface TapesStore {
  projection: Projection;
  list(query: TapeQuery): { rows: Tape[]; total: number };
  /** By id or by identifier (which does not tell cases apart). */
  find(tape: string): Tape | undefined;
  timeline(tapeId: string): TimelineEntry[];
}

const sortColumns = {
  identifier: ['identifier'],
  title: ['title', 'identifier'],
  artist: ['artist', 'identifier'],
  format: ['format', 'identifier'],
  state: ['state', 'identifier'],
  lastEventAt: ['last_event_at', 'identifier'],
} as const;
export type SortColumn = keyof typeof sortColumns;

const isEveryPassFailed = `(tape.state = 'captured' AND NOT EXISTS (
    SELECT 1 FROM pass WHERE pass.tape_id = tape.tape_id AND pass.state <> 'failed'))`;
const everyPassFailed = `${isEveryPassFailed} AS every_pass_failed`;

export function createTapesStore(db: Database): TapesStore {
  const byId = statement<{ tapeId: string }, TapeRow>(
    db,
    'tapes.byId',
    `SELECT tape.*, ${everyPassFailed} FROM tape WHERE tape_id = @tapeId`,
  );
  const byIdentifier = statement<{ identifier: string }, TapeRow>(
    db,
    'tapes.byIdentifier',
    `SELECT tape.*, ${everyPassFailed} FROM tape WHERE identifier = @identifier`,
  );
  const timeline = statement<{ tapeId: string }, TimelineRow>(
    db,
    'tapes.timeline',
    `SELECT e.seq, e.occurred_at, e.type, e.payload, e.actor_id FROM event_link l JOIN event_log e ON e.seq = l.seq
      WHERE l.kind = 'tape' AND l.object_id = @tapeId ORDER BY l.seq`,
  );
  return {
    projection: {
      area: 'tapes',
      tables: ['tape_search', 'tape_package', 'tape_pass', 'tape'],
      apply: tapeEvents(db),
    },
    list: (query) => listTapes(db, query),
    find: (tape) => {
      const row = byId.get({ tapeId: tape }) ?? byIdentifier.get({ identifier: tape });
      return row && tapeOf(row);
    },
    timeline: (tapeId) => timeline.all({ tapeId }).map(timelineEntry),
  };
}

/**
 * The page is found by an index alone; only its rows are then read. Words and states choose the statement's text: words
 * are looked for first, in the narrow table, and `+` keeps the planner on the index that has the order.
 */
function listTapes(db: Database, query: TapeQuery): { rows: Tape[]; total: number } {
  const words = searchWords(query.filter).slice(0, 8);
  const states = tapeStandings.filter((state) => query.states.includes(state));
  const matching =
    words.length === 0
      ? ''
      : `WITH matching AS MATERIALIZED (SELECT tape_number FROM tape_search
           WHERE ${words.map((_, index) => `instr(text, @word${index}) > 0`).join(' AND ')})`;
  const from = words.length === 0 ? 'FROM tape' : 'FROM matching CROSS JOIN tape USING (tape_number)';
  const direction = query.descending ? 'DESC' : 'ASC';
  const columns = sortColumns[query.sortBy];
  const order = columns.map((column) => `tape.${column} ${direction}`).join(', ');
  const shape = `${words.length}.${states.join('+')}`;
  const params = Object.fromEntries(words.map((word, index) => [`word${index}`, word]));

  // Looking for words is the costly part, so they are looked for once: the page brings the total with it.
  const total = words.length === 0 ? 'NULL' : 'count(*) OVER ()';
  const count: Statement<Record<string, unknown>, { total: number }> = statement(
    db,
    `tapes.count.${shape}`,
    `${matching} SELECT count(*) AS total ${from} ${states.length > 0 ? `WHERE ${standsIn(states, 'tape.state')}` : ''}`,
  );
  const page: Statement<Record<string, unknown>, TapeRow & { total: number | null }> = statement(
    db,
    `tapes.page.${shape}.${query.sortBy}.${direction}`,
    `${matching} SELECT tape.*, ${everyPassFailed}, total FROM (
         SELECT tape.tape_number AS number, ${total} AS total ${from} ${states.length > 0 ? `WHERE ${standsIn(states, '+tape.state')}` : ''}
         ORDER BY ${order} LIMIT @limit OFFSET @offset)
       JOIN tape ON tape.tape_number = number ORDER BY ${order}`,
  );
  const rows = page.all({ ...params, limit: query.limit, offset: query.offset });
  return { total: rows[0]?.total ?? count.get(params)?.total ?? 0, rows: rows.map(tapeOf) };
}

/** The condition that a tape is in one of these states; `captured` alone leaves out those of which nothing could be proved. */
function standsIn(standings: readonly TapeStanding[], column: string): string {
  const hasBoth = standings.includes('captured') && standings.includes('failed');
  const plain = standings.filter((one) => one !== 'failed' && (one !== 'captured' || hasBoth));
  const conditions = [
    plain.length > 0 && `${column} IN (${plain.map((state) => `'${state}'`).join(', ')})`,
    !hasBoth && standings.includes('captured') && `(${column} = 'captured' AND NOT ${isEveryPassFailed})`,
    !hasBoth && standings.includes('failed') && isEveryPassFailed,
  ];
  return `(${conditions.filter((one) => one !== false).join(' OR ')})`;
}

function tapeOf(row: TapeRow): Tape {
  return tapeSchema.parse({
    id: row.tape_id,
    identifier: row.identifier,
    title: row.title,
    artist: row.artist,
    format: row.format,
    standard: row.standard,
    ...(row.duration_min === null ? {} : { durationMin: row.duration_min }),
    generation: row.generation,
    condition: row.condition,
    location: row.location,
    notes: row.notes,
    state: row.state,
    review: row.review,
    registeredAt: row.registered_at,
    lastEventType: row.last_event_type,
    lastEventAt: row.last_event_at,
    passCount: row.pass_count,
    everyPassFailed: row.every_pass_failed === 1,
  });
}

function timelineEntry(row: TimelineRow): TimelineEntry {
  const payload = JSON.parse(row.payload) as { passId?: unknown } & Record<string, unknown>;
  const { passId } = payload;
  return {
    seq: row.seq,
    at: row.occurred_at,
    type: row.type,
    summary: { key: timelineKey(row.type), values: eventValues(payload) },
    passId: typeof passId === 'string' ? passId : null,
    actorId: row.actor_id,
  };
}

interface TapeRow {
  tape_number: number;
  tape_id: string;
  identifier: string;
  title: string;
  artist: string;
  format: string;
  standard: string;
  duration_min: number | null;
  generation: string;
  condition: string;
  location: string;
  notes: string;
  state: string;
  review: string | null;
  registered_at: string;
  last_event_type: string;
  last_event_at: string;
  pass_count: number;
  every_pass_failed: 0 | 1;
}

interface TimelineRow {
  seq: number;
  occurred_at: string;
  type: string;
  payload: string;
  actor_id: string | null;
}
