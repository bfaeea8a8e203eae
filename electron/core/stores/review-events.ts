import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { LogEvent } from '#core/log/event.ts';
import { outcomeOf } from '#shared/domain/verdict.ts';
import { applyEvents } from './apply-events.ts';
import type { ReviewRows } from './review-rows.ts';

type Params = Record<string, string | number | null>;

/** Keeps the tables of the review. After each event the pass's state is made anew from all that was said of it. */
export function reviewEvents(db: Database, rows: ReviewRows): (event: LogEvent) => void {
  const run = (name: string, sql: string) => statement<Params>(db, `review.${name}`, sql);
  const hold = run(
    'hold',
    `INSERT INTO review_holding (pass_id, person_id, taken_at, taken_from, reason)
     VALUES (@passId, @actorId, @at, @takenFrom, @reason)
     ON CONFLICT (pass_id) DO UPDATE SET person_id = excluded.person_id, taken_at = excluded.taken_at,
       taken_from = excluded.taken_from, reason = excluded.reason`,
  );
  const release = run('release', 'DELETE FROM review_holding WHERE pass_id = @passId');
  // Whoever has given a verdict is done with the pass.
  const finish = run('finish', 'DELETE FROM review_holding WHERE pass_id = @passId AND person_id = @actorId');
  const decide = run(
    'decide',
    `INSERT INTO review_decision (seq, decision_id, pass_id, qc_run_id, check_id, channels, start_frame, end_frame,
       judgement, origin, remark, decided_at, decided_by, written_by)
     VALUES (@seq, @decisionId, @passId, @qcRunId, @check, @channels, @startFrame, @endFrame,
       @judgement, @origin, @remark, @at, @actorId, @writtenBy)`,
  );
  const note = run(
    'note',
    `INSERT INTO review_note (seq, note_id, pass_id, start_frame, end_frame, region, still_frame, term, medium, origin,
       severity, words, noted_at, noted_by, written_by)
     VALUES (@seq, @noteId, @passId, @startFrame, @endFrame, @region, @stillFrame, @term, @medium, @origin,
       @severity, @words, @at, @actorId, @writtenBy)`,
  );
  const withdrawNote = run(
    'withdrawNote',
    `UPDATE review_note SET withdrawn_at = @at, withdrawn_by = @actorId, withdrawn_reason = @reason
      WHERE note_id = @noteId`,
  );
  const watch = run(
    'watch',
    `INSERT INTO review_watched (seq, sitting_id, pass_id, person_id, started_at, ended_at, ranges, master_ranges)
     VALUES (@seq, @sittingId, @passId, @actorId, @startedAt, @endedAt, @ranges, @masterRanges)`,
  );
  const ask = run(
    'ask',
    `INSERT INTO review_opinion (seq, opinion_id, pass_id, asked_by, asked_of, question, asked_at, written_by)
     VALUES (@seq, @opinionId, @passId, @actorId, @personId, @question, @at, @writtenBy)`,
  );
  const withdrawOpinion = run(
    'withdrawOpinion',
    `UPDATE review_opinion SET withdrawn_at = @at, withdrawn_by = @actorId, withdrawn_reason = @reason
      WHERE opinion_id = @opinionId`,
  );
  const judge = run(
    'judge',
    `INSERT INTO review_verdict (seq, verdict_id, pass_id, verdict, reason, master_file_id, master_sha256, qc_run_id,
       basis, settles, given_at, given_by, written_by)
     VALUES (@seq, @verdictId, @passId, @verdict, @reason, @fileId, @sha256, @qcRunId,
       @basis, @settles, @at, @actorId, @writtenBy)`,
  );
  const setState = run(
    'setState',
    `INSERT INTO review_state (pass_id, state, is_again) VALUES (@passId, @state, @isAgain)
     ON CONFLICT (pass_id) DO UPDATE SET state = excluded.state, is_again = excluded.is_again`,
  );
  const clearState = run('clearState', 'DELETE FROM review_state WHERE pass_id = @passId');

  /** What the tape's state follows. */
  const settle = (passId: string): void => {
    const outcome = outcomeOf(rows.verdicts(passId), rows.opinions(passId));
    if (outcome === 'waiting' && rows.holding(passId) === undefined) clearState.run({ passId });
    else setState.run({ passId, state: stateOf[outcome], isAgain: outcome === 'capture-again' ? 1 : 0 });
  };

  const apply = applyEvents({
    'review.taken': ({ payload: { passId, takenFrom, reason }, occurredAt, actorId }) =>
      void hold.run({ passId, takenFrom, reason, at: occurredAt, actorId }),
    'review.released': ({ payload: { passId } }) => void release.run({ passId }),
    'review.event-decided': ({
      seq,
      payload: { channels, writtenBy = null, ...plain },
      occurredAt,
      actorId,
    }) => void decide.run({ ...plain, writtenBy, seq, channels: text(channels), at: occurredAt, actorId }),
    'review.noted': ({ seq, payload: { region, writtenBy = null, ...plain }, occurredAt, actorId }) =>
      void note.run({ ...plain, writtenBy, seq, region: text(region), at: occurredAt, actorId }),
    'review.note-withdrawn': ({ payload: { noteId, reason }, occurredAt, actorId }) =>
      void withdrawNote.run({ noteId, reason, at: occurredAt, actorId }),
    'review.watched': ({ seq, payload: { ranges, masterRanges = null, ...plain }, actorId }) =>
      void watch.run({
        ...{ ...plain, seq, actorId, ranges: JSON.stringify(ranges) },
        masterRanges: text(masterRanges),
      }),
    'review.opinion-asked': ({ seq, payload: { writtenBy = null, ...plain }, occurredAt, actorId }) =>
      void ask.run({ ...plain, writtenBy, seq, at: occurredAt, actorId }),
    'review.opinion-withdrawn': ({ payload: { opinionId, reason }, occurredAt, actorId }) =>
      void withdrawOpinion.run({ opinionId, reason, at: occurredAt, actorId }),
    'review.verdict-given': ({ seq, payload, occurredAt, actorId }) => {
      const { master, basis, settles, writtenBy = null, ...plain } = payload;
      judge.run({
        ...plain,
        writtenBy,
        ...{ seq, actorId, at: occurredAt },
        fileId: master?.fileId ?? null,
        sha256: master?.sha256 ?? null,
        basis: JSON.stringify(basis),
        settles: settles ? 1 : 0,
      });
      finish.run({ passId: plain.passId, actorId });
    },
  });
  return (event) => {
    apply(event);
    if (!event.type.startsWith('review.')) return;
    settle((event.payload as { passId: string }).passId);
  };
}

const stateOf = {
  waiting: 'in-review',
  asked: 'in-review',
  disputed: 'in-review',
  accepted: 'accepted',
  rejected: 'rejected',
  'capture-again': 'rejected',
} as const;

function text(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
