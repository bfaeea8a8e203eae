import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import { type Decision, decisionSchema } from '#shared/domain/decision.ts';
import { type FrameRange, mergeRanges, withoutRanges } from '#shared/domain/frame-ranges.ts';
import { type Note, noteSchema } from '#shared/domain/note.ts';
import { type Holding, holdingSchema, type Watched, watchedSchema } from '#shared/domain/pass-review.ts';
import { type Opinion, opinionSchema, type Verdict, verdictSchema } from '#shared/domain/verdict.ts';

type Row = Record<string, string | number | null>;

/** The rows that a pass's review is made of, each list in the order of the log. */
export interface ReviewRows {
  holding(passId: string): Holding | undefined;
  decisions(passId: string): Decision[];
  notes(passId: string): Note[];
  note(noteId: string): Note | undefined;
  watched(passId: string): Watched[];
  /** Whether a sitting is in the log. */
  hasSitting(sittingId: string): boolean;
  opinions(passId: string): Opinion[];
  opinion(opinionId: string): Opinion | undefined;
  verdicts(passId: string): Verdict[];
  /** Passes that somebody gave a verdict on, or asked one of. */
  spokenOf(): string[];
}

export function reviewRows(db: Database): ReviewRows {
  const ofPass = (table: string) =>
    statement<{ passId: string }, Row>(
      db,
      `review.${table}OfPass`,
      `SELECT * FROM review_${table} WHERE pass_id = @passId ORDER BY seq`,
    );
  const [decisions, notes, watched, opinions, verdicts] = [
    ofPass('decision'),
    ofPass('note'),
    ofPass('watched'),
    ofPass('opinion'),
    ofPass('verdict'),
  ];
  const holding = statement<{ passId: string }, Row>(
    db,
    'review.holdingOfPass',
    'SELECT * FROM review_holding WHERE pass_id = @passId',
  );
  const sitting = statement<{ sittingId: string }, Row>(
    db,
    'review.sitting',
    'SELECT seq FROM review_watched WHERE sitting_id = @sittingId',
  );
  const noteById = statement<{ noteId: string }, Row>(
    db,
    'review.noteById',
    'SELECT * FROM review_note WHERE note_id = @noteId',
  );
  const opinionById = statement<{ opinionId: string }, Row>(
    db,
    'review.opinionById',
    'SELECT * FROM review_opinion WHERE opinion_id = @opinionId',
  );
  const spokenOf = statement<Record<string, never>, Row>(
    db,
    'review.spokenOf',
    'SELECT pass_id FROM review_verdict UNION SELECT pass_id FROM review_opinion',
  );
  return {
    holding: (passId) => {
      const row = holding.get({ passId });
      return row && holdingOf(row);
    },
    decisions: (passId) => decisions.all({ passId }).map(decisionOf),
    notes: (passId) => notes.all({ passId }).map(noteOf),
    note: (noteId) => {
      const row = noteById.get({ noteId });
      return row && noteOf(row);
    },
    watched: (passId) => watchedOf(watched.all({ passId })),
    hasSitting: (sittingId) => sitting.get({ sittingId }) !== undefined,
    opinions: (passId) => opinions.all({ passId }).map(opinionOf),
    opinion: (opinionId) => {
      const row = opinionById.get({ opinionId });
      return row && opinionOf(row);
    },
    verdicts: (passId) => verdicts.all({ passId }).map(verdictOf),
    spokenOf: () => spokenOf.all({}).map((row) => String(row['pass_id'])),
  };
}

const parsed = (value: Row[string] | undefined): unknown =>
  typeof value === 'string' ? JSON.parse(value) : null;

/** A row's columns by the names of the fields that they hold: `start_frame` is `startFrame`. */
function fieldsOf(row: Row): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

function holdingOf(row: Row): Holding {
  return holdingSchema.parse(fieldsOf(row));
}

function decisionOf(row: Row): Decision {
  const own = { id: row['decision_id'], check: row['check_id'], channels: parsed(row['channels']) };
  return decisionSchema.parse({ ...fieldsOf(row), ...own });
}

function noteOf(row: Row): Note {
  const own = { id: row['note_id'], region: parsed(row['region']), withdrawn: withdrawnOf(row) };
  return noteSchema.parse({ ...fieldsOf(row), ...own });
}

/** One entry a person, in the order in which they first watched. */
function watchedOf(rows: readonly Row[]): Watched[] {
  const byPerson = Map.groupBy(rows, (row) => row['person_id']);
  const rangesOf = (row: Row, column: string) => (parsed(row[column]) ?? []) as FrameRange[];
  return [...byPerson].map(([personId, sittings]) => {
    const told = sittings.filter((row) => row['master_ranges'] !== null);
    return watchedSchema.parse({
      personId,
      ranges: mergeRanges(sittings.flatMap((row) => rangesOf(row, 'ranges'))),
      masterRanges: mergeRanges(told.flatMap((row) => rangesOf(row, 'master_ranges'))),
      copyRanges: mergeRanges(
        told.flatMap((row) => withoutRanges(rangesOf(row, 'ranges'), rangesOf(row, 'master_ranges'))),
      ),
    });
  });
}

function opinionOf(row: Row): Opinion {
  const own = { id: row['opinion_id'], of: row['asked_of'], withdrawn: withdrawnOf(row) };
  return opinionSchema.parse({ ...fieldsOf(row), ...own });
}

function verdictOf(row: Row): Verdict {
  const [fileId, sha256] = [row['master_file_id'], row['master_sha256']];
  return verdictSchema.parse({
    ...fieldsOf(row),
    id: row['verdict_id'],
    master: fileId === null ? null : { fileId, sha256 },
    basis: parsed(row['basis']),
    settles: row['settles'] === 1,
  });
}

function withdrawnOf(row: Row) {
  return row['withdrawn_at'] === null
    ? null
    : { at: row['withdrawn_at'], by: row['withdrawn_by'], reason: row['withdrawn_reason'] };
}
