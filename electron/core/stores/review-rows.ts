import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import { type Decision, decisionSchema } from '#shared/domain/decision.ts';
import { mergeRanges } from '#shared/domain/frame-ranges.ts';
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
  };
}

const parsed = (value: Row[string] | undefined): unknown =>
  typeof value === 'string' ? JSON.parse(value) : null;

function holdingOf(row: Row): Holding {
  return holdingSchema.parse({
    personId: row['person_id'],
    takenAt: row['taken_at'],
    takenFrom: row['taken_from'],
    reason: row['reason'],
  });
}

function decisionOf(row: Row): Decision {
  return decisionSchema.parse({
    id: row['decision_id'],
    passId: row['pass_id'],
    qcRunId: row['qc_run_id'],
    check: row['check_id'],
    channels: parsed(row['channels']),
    startFrame: row['start_frame'],
    endFrame: row['end_frame'],
    judgement: row['judgement'],
    origin: row['origin'],
    remark: row['remark'],
    decidedAt: row['decided_at'],
    decidedBy: row['decided_by'],
  });
}

function noteOf(row: Row): Note {
  return noteSchema.parse({
    id: row['note_id'],
    passId: row['pass_id'],
    startFrame: row['start_frame'],
    endFrame: row['end_frame'],
    region: parsed(row['region']),
    stillFrame: row['still_frame'],
    term: row['term'],
    medium: row['medium'],
    origin: row['origin'],
    severity: row['severity'],
    words: row['words'],
    notedAt: row['noted_at'],
    notedBy: row['noted_by'],
    withdrawn: withdrawnOf(row),
  });
}

/** One entry a person, in the order in which they first watched. */
function watchedOf(rows: readonly Row[]): Watched[] {
  const byPerson = Map.groupBy(rows, (row) => row['person_id']);
  return [...byPerson].map(([personId, sittings]) =>
    watchedSchema.parse({
      personId,
      ranges: mergeRanges(sittings.flatMap((row) => parsed(row['ranges']) as Watched['ranges'])),
    }),
  );
}

function opinionOf(row: Row): Opinion {
  return opinionSchema.parse({
    id: row['opinion_id'],
    seq: row['seq'],
    passId: row['pass_id'],
    askedBy: row['asked_by'],
    of: row['asked_of'],
    question: row['question'],
    askedAt: row['asked_at'],
    withdrawn: withdrawnOf(row),
  });
}

function verdictOf(row: Row): Verdict {
  return verdictSchema.parse({
    id: row['verdict_id'],
    seq: row['seq'],
    passId: row['pass_id'],
    verdict: row['verdict'],
    reason: row['reason'],
    master:
      row['master_file_id'] === null ? null : { fileId: row['master_file_id'], sha256: row['master_sha256'] },
    qcRunId: row['qc_run_id'],
    basis: parsed(row['basis']),
    settles: row['settles'] === 1,
    givenAt: row['given_at'],
    givenBy: row['given_by'],
  });
}

function withdrawnOf(row: Row) {
  return row['withdrawn_at'] === null
    ? null
    : { at: row['withdrawn_at'], by: row['withdrawn_by'], reason: row['withdrawn_reason'] };
}
