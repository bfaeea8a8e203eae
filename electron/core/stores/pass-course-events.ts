import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { EventHandlers } from './apply-events.ts';

/** Keeps the tables beside a pass's row: its marks, alarms, timecode breaks, and what gives way to its recorder. */
export function passCourseEvents(db: Database): EventHandlers {
  const mark = statement<{ seq: number; passId: string; frame: number; label: string; at: string }>(
    db,
    'passes.insertMark',
    'INSERT INTO pass_mark (seq, pass_id, frame, label, at) VALUES (@seq, @passId, @frame, @label, @at)',
  );
  const raise = statement<{
    seq: number;
    passId: string;
    kind: string;
    frame: number;
    message: string;
    at: string;
  }>(
    db,
    'passes.insertAlarm',
    `INSERT INTO pass_alarm (seq, pass_id, kind, frame, message, at)
     VALUES (@seq, @passId, @kind, @frame, @message, @at)`,
  );
  const clear = statement<{ passId: string; kind: string; frame: number }>(
    db,
    'passes.clearAlarm',
    `UPDATE pass_alarm SET cleared_frame = @frame WHERE seq =
       (SELECT max(seq) FROM pass_alarm WHERE pass_id = @passId AND kind = @kind AND cleared_frame IS NULL)`,
  );
  const giveWay = statement<{ seq: number; passId: string; work: string }>(
    db,
    'passes.giveWay',
    'INSERT INTO pass_gave_way (seq, pass_id, work) VALUES (@seq, @passId, @work) ON CONFLICT (pass_id, work) DO NOTHING',
  );
  const resume = statement<{ passId: string; work: string }>(
    db,
    'passes.resume',
    'DELETE FROM pass_gave_way WHERE pass_id = @passId AND work = @work',
  );
  const breakTimecode = statement<{
    seq: number;
    passId: string;
    frame: number;
    source: string;
    kind: string;
    before: string | null;
    after: string | null;
  }>(
    db,
    'passes.breakTimecode',
    `INSERT INTO pass_timecode_break (seq, pass_id, frame, source, kind, before, after)
     VALUES (@seq, @passId, @frame, @source, @kind, @before, @after)`,
  );
  return {
    'pass.marked': ({ seq, payload, occurredAt }) => void mark.run({ ...payload, seq, at: occurredAt }),
    'pass.alarm-raised': ({ seq, payload, occurredAt }) =>
      void raise.run({ ...payload, seq, at: occurredAt }),
    'pass.alarm-cleared': ({ payload }) => void clear.run(payload),
    'pass.derived-gave-way': ({ seq, payload: { passId, work } }) => void giveWay.run({ seq, passId, work }),
    'pass.derived-resumed': ({ payload: { passId, work } }) => void resume.run({ passId, work }),
    'pass.timecode-broken': ({ seq, payload }) => void breakTimecode.run({ ...payload, seq }),
  };
}
