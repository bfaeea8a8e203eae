import type { Database } from '#core/db/database.ts';
import { type Statement, statement } from '#core/db/statement.ts';
import type { Projection } from '#core/log/projection.ts';
import { type Tape, type TapeState, tapeSchema, tapeStates } from '#shared/domain/tape.ts';
import { searchWords } from './search-text.ts';
import { tapeEvents, timelineKey } from './tape-events.ts';

export interface TapeQuery {
  filter: string;
  states: readonly TapeState[];
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

export function createTapesStore(db: Database): TapesStore {
  const byId = statement<{ tapeId: string }, TapeRow>(
    db,
    'tapes.byId',
    'SELECT * FROM tape WHERE tape_id = @tapeId',
  );
  const byIdentifier = statement<{ identifier: string }, TapeRow>(
    db,
    'tapes.byIdentifier',
    'SELECT * FROM tape WHERE identifier = @identifier',
  );
  const timeline = statement<{ tapeId: string }, TimelineRow>(
    db,
    'tapes.timeline',
    `SELECT e.seq, e.occurred_at, e.type, e.payload FROM event_link l JOIN event_log e ON e.seq = l.seq
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

/** The page is found by an index alone; only its rows are then read. Words and states choose the statement's text. */
function listTapes(db: Database, query: TapeQuery): { rows: Tape[]; total: number } {
  const words = searchWords(query.filter).slice(0, 8);
  const states = tapeStates.filter((state) => query.states.includes(state));
  const conditions = [
    ...words.map((_, index) => `instr(tape_search.text, @word${index}) > 0`),
    ...(states.length > 0 ? [`tape.state IN (${states.map((state) => `'${state}'`).join(', ')})`] : []),
  ];
  const from = `FROM tape ${words.length > 0 ? 'JOIN tape_search USING (tape_number)' : ''}
     ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`;
  const direction = query.descending ? 'DESC' : 'ASC';
  const columns = sortColumns[query.sortBy];
  const order = columns.map((column) => `tape.${column} ${direction}`).join(', ');
  const shape = `${words.length}.${states.join('+')}`;
  const params = Object.fromEntries(words.map((word, index) => [`word${index}`, word]));

  const count: Statement<Record<string, unknown>, { total: number }> = statement(
    db,
    `tapes.count.${shape}`,
    `SELECT count(*) AS total ${from}`,
  );
  const page: Statement<Record<string, unknown>, TapeRow> = statement(
    db,
    `tapes.page.${shape}.${query.sortBy}.${direction}`,
    `SELECT tape.* FROM (SELECT tape.tape_number AS number ${from} ORDER BY ${order} LIMIT @limit OFFSET @offset)
       JOIN tape ON tape.tape_number = number ORDER BY ${order}`,
  );
  return {
    total: count.get(params)?.total ?? 0,
    rows: page.all({ ...params, limit: query.limit, offset: query.offset }).map(tapeOf),
  };
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
    registeredAt: row.registered_at,
    lastEventType: row.last_event_type,
    lastEventAt: row.last_event_at,
    passCount: row.pass_count,
  });
}

/** The plain values of the payload fill the sentence; lists are given by their length. */
function timelineEntry(row: TimelineRow): TimelineEntry {
  const payload = JSON.parse(row.payload) as { passId?: unknown } & Record<string, unknown>;
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(payload)) {
    if (typeof value === 'string' || typeof value === 'number') values[name] = value;
    else if (Array.isArray(value)) values[name] = value.length;
    else if (typeof value === 'boolean') values[name] = String(value);
  }
  const { passId } = payload;
  return {
    seq: row.seq,
    at: row.occurred_at,
    type: row.type,
    summary: { key: timelineKey(row.type), values },
    passId: typeof passId === 'string' ? passId : null,
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
  registered_at: string;
  last_event_type: string;
  last_event_at: string;
  pass_count: number;
}

interface TimelineRow {
  seq: number;
  occurred_at: string;
  type: string;
  payload: string;
}
