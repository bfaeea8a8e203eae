import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { LogEvent } from '#core/log/event.ts';
import { applyEvents, type EventHandlers } from './apply-events.ts';
import { searchText } from './search-text.ts';

/** Keeps the tables of the tapes: every event about a tape, its passes or its packages moves the tape's row. */
export function tapeEvents(db: Database): (event: LogEvent) => void {
  const insertTape = statement<TapeParams>(
    db,
    'tapes.insert',
    `INSERT INTO tape (tape_id, identifier, title, artist, format, standard, duration_min, generation, condition,
       location, notes, state, registered_at, last_event_type, last_event_at, pass_count)
     VALUES (@tapeId, @identifier, @title, @artist, @format, @standard, @durationMin, @generation, @condition,
       @location, @notes, 'registered', @at, 'tape.registered', @at, 0)`,
  );
  const insertSearch = statement<{ tapeId: string; text: string }>(
    db,
    'tapes.insertSearch',
    `INSERT INTO tape_search (tape_number, text) SELECT tape_number, @text FROM tape WHERE tape_id = @tapeId`,
  );
  const insertPass = statement<{ passId: string; tapeId: string }>(
    db,
    'tapes.insertPass',
    `INSERT INTO tape_pass (pass_id, tape_id, stage) VALUES (@passId, @tapeId, 'prepared')`,
  );
  const countPass = statement<{ tapeId: string }>(
    db,
    'tapes.countPass',
    'UPDATE tape SET pass_count = pass_count + 1 WHERE tape_id = @tapeId',
  );
  const setStage = statement<{ passId: string; stage: string }>(
    db,
    'tapes.setStage',
    'UPDATE tape_pass SET stage = @stage WHERE pass_id = @passId',
  );
  const setSegment = statement<{ passId: string; segment: number }>(
    db,
    'tapes.setSegment',
    'UPDATE tape_pass SET segment = @segment WHERE pass_id = @passId',
  );
  // As in the passes' own table: a choice takes the place of the one before of the same part.
  const unchoosePass = statement<{ tapeId: string; passId: string }>(
    db,
    'tapes.unchoosePass',
    `UPDATE tape_pass SET is_chosen = 0 WHERE tape_id = @tapeId AND EXISTS (
       SELECT 1 FROM tape_pass c WHERE c.pass_id = @passId
          AND (c.segment = tape_pass.segment OR c.segment = 0 OR tape_pass.segment = 0))`,
  );
  const choosePass = statement<{ passId: string }>(
    db,
    'tapes.choosePass',
    'UPDATE tape_pass SET is_chosen = 1 WHERE pass_id = @passId',
  );
  const insertPackage = statement<{ packageId: string; tapeId: string }>(
    db,
    'tapes.insertPackage',
    'INSERT INTO tape_package (package_id, tape_id, is_good) VALUES (@packageId, @tapeId, 0)',
  );
  const judgePackage = statement<{ packageId: string; isGood: number }>(
    db,
    'tapes.judgePackage',
    'UPDATE tape_package SET is_good = @isGood WHERE package_id = @packageId',
  );
  const tapeOfPass = statement<{ passId: string }, { tape_id: string }>(
    db,
    'tapes.ofPass',
    'SELECT tape_id FROM tape_pass WHERE pass_id = @passId',
  );
  const settle = statement<{ tapeId: string; type: string; at: string }>(
    db,
    'tapes.settle',
    // What stands for the tape: of each part the pass that somebody chose, else every sealed one of it.
    `WITH standing AS MATERIALIZED (
       SELECT p.segment, coalesce(r.state, 'waiting') AS review, coalesce(r.is_again, 0) AS is_again
         FROM tape_pass p LEFT JOIN review_state r ON r.pass_id = p.pass_id
        WHERE p.tape_id = @tapeId AND p.stage = 'sealed' AND (p.is_chosen = 1 OR NOT EXISTS (
          SELECT 1 FROM tape_pass c WHERE c.tape_id = @tapeId AND c.is_chosen = 1
             AND (c.segment = p.segment OR c.segment = 0 OR p.segment = 0)))),
     said AS MATERIALIZED (SELECT CASE
       WHEN EXISTS (SELECT 1 FROM standing WHERE segment = 0 AND review = 'accepted') THEN 'accepted'
       WHEN EXISTS (SELECT 1 FROM standing WHERE review = 'accepted') AND NOT EXISTS (
         SELECT 1 FROM standing s WHERE s.segment > 0 AND NOT EXISTS (
           SELECT 1 FROM standing a WHERE a.segment = s.segment AND a.review = 'accepted')) THEN 'accepted'
       WHEN NOT EXISTS (SELECT 1 FROM standing WHERE review <> 'waiting') THEN NULL
       WHEN EXISTS (SELECT 1 FROM standing WHERE review <> 'rejected') THEN 'in-review'
       WHEN EXISTS (SELECT 1 FROM standing WHERE is_again = 1) THEN 'capture-again'
       ELSE 'rejected' END AS review)
     UPDATE tape SET last_event_type = @type, last_event_at = @at, review = (SELECT review FROM said), state = CASE
       WHEN EXISTS (SELECT 1 FROM tape_package WHERE tape_id = @tapeId AND is_good = 1) THEN 'packaged'
       WHEN (SELECT review FROM said) = 'capture-again' THEN 'rejected'
       WHEN (SELECT review FROM said) IS NOT NULL THEN (SELECT review FROM said)
       WHEN EXISTS (SELECT 1 FROM tape_pass WHERE tape_id = @tapeId AND stage = 'sealed') THEN 'sealed'
       WHEN EXISTS (SELECT 1 FROM tape_pass WHERE tape_id = @tapeId AND stage = 'captured') THEN 'captured'
       ELSE 'registered' END
     WHERE tape_id = @tapeId`,
  );

  const captured = (passId: string, frames: number): void => {
    if (frames > 0) setStage.run({ passId, stage: 'captured' });
  };

  const handlers: EventHandlers = {
    'tape.registered': ({ payload: { tapeId, description }, occurredAt }) => {
      insertTape.run({
        ...description,
        durationMin: description.durationMin ?? null,
        tapeId,
        at: occurredAt,
      });
      insertSearch.run({ tapeId, text: searchText(description) });
    },
    'pass.prepared': ({ payload }) => {
      insertPass.run({ passId: payload.passId, tapeId: payload.tapeId });
      countPass.run({ tapeId: payload.tapeId });
    },
    'pass.planned': ({ payload: { passId, plan } }) =>
      void setSegment.run({ passId, segment: plan.segment ?? 0 }),
    'tape.pass-chosen': ({ payload: { tapeId, passId } }) => {
      unchoosePass.run({ tapeId, passId });
      choosePass.run({ passId });
    },
    'pass.recording-ended': ({ payload }) => captured(payload.passId, payload.frames),
    'pass.recovered': ({ payload }) => captured(payload.passId, payload.framesKept),
    'pass.sealed': ({ payload }) => void setStage.run({ passId: payload.passId, stage: 'sealed' }),
    'package.written': ({ payload }) =>
      void insertPackage.run({ packageId: payload.packageId, tapeId: payload.tapeId }),
    'package.verified': ({ payload }) =>
      void judgePackage.run({ packageId: payload.packageId, isGood: payload.ok ? 1 : 0 }),
  };
  const apply = applyEvents(handlers);

  return (event) => {
    apply(event);
    for (const tapeId of tapesOf(event, (passId) => tapeOfPass.get({ passId })?.tape_id)) {
      settle.run({ tapeId, type: event.type, at: event.occurredAt });
    }
  };
}

/** The tapes that an event is about: those it names, or the one that was playing. */
function tapesOf(event: LogEvent, tapeOfPass: (passId: string) => string | undefined): string[] {
  const { tapeId, tapeIds, passId } = event.payload as {
    tapeId?: string;
    tapeIds?: string[];
    passId?: string;
  };
  if (tapeId !== undefined) return [tapeId];
  if (tapeIds !== undefined) return tapeIds;
  const tape = passId === undefined ? undefined : tapeOfPass(passId);
  return tape === undefined ? [] : [tape];
}

/** The sentence of a timeline entry is looked up by the event's type. */
export const timelineKey = (type: string): string => `timeline.${type}`;

interface TapeParams {
  tapeId: string;
  identifier: string;
  title: string;
  artist: string;
  format: string;
  standard: string;
  durationMin: number | null;
  generation: string;
  condition: string;
  location: string;
  notes: string;
  at: string;
}
