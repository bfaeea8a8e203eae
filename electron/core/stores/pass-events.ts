import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { LogEvent } from '#core/log/event.ts';
import { applyEvents } from './apply-events.ts';

/** Keeps the tables of the passes. */
export function passEvents(db: Database): (event: LogEvent) => void {
  const update = <Params extends { passId: string }>(name: string, assignments: string) =>
    statement<Params>(db, `passes.${name}`, `UPDATE pass SET ${assignments} WHERE pass_id = @passId`);

  const insert = statement<Record<string, string | number | null>>(
    db,
    'passes.insert',
    `INSERT INTO pass (pass_id, tape_id, pass_number, state, source_id, source_description, profile_id,
       profile_sha256, chain_name, operator_id, video, audio, software, duration_s, prepared_at,
       frames, dropped_frames, lost_frames, loss_basis, seal_checks)
     VALUES (@passId, @tapeId, @passNumber, 'prepared', @sourceId, @sourceDescription, @profileId,
       @profileSha256, @chainName, @operatorId, @video, @audio, @software, @durationS, @at,
       0, 0, 0, 'none', '[]')`,
  );
  const start = update<{ passId: string; at: string }>('start', `state = 'recording', started_at = @at`);
  const adopt = update<{ passId: string; frames: number }>(
    'adopt',
    `state = CASE WHEN state = 'stopping' THEN state ELSE 'recording' END, frames = @frames`,
  );
  const requestStop = update<{ passId: string; reason: string }>(
    'requestStop',
    `state = 'stopping', end_reason = @reason`,
  );
  const end = update<{ passId: string; reason: string; frames: number; droppedFrames: number; at: string }>(
    'end',
    `state = 'following', end_reason = @reason, frames = @frames, dropped_frames = @droppedFrames, ended_at = @at`,
  );
  const interrupt = update<{ passId: string; reason: string; at: string }>(
    'interrupt',
    `state = 'interrupted', end_reason = @reason, ended_at = @at`,
  );
  const recover = update<{
    passId: string;
    framesKept: number;
    framesLost: number;
    lossBasis: string;
    droppedFrames: number;
  }>(
    'recover',
    `state = 'following', frames = @framesKept, lost_frames = @framesLost, loss_basis = @lossBasis,
     dropped_frames = @droppedFrames`,
  );
  const follow = update<{ passId: string; frames: number }>('follow', 'frames = @frames');
  const seal = update<{ passId: string; frames: number; checks: string; at: string }>(
    'seal',
    `state = 'sealed', frames = @frames, seal_checks = @checks, sealed_at = @at, fail_reason = NULL`,
  );
  const fail = update<{ passId: string; reason: string; checks: string }>(
    'fail',
    `state = 'failed', fail_reason = @reason, seal_checks = @checks`,
  );
  const mark = statement<{ seq: number; passId: string; frame: number; label: string; at: string }>(
    db,
    'passes.insertMark',
    'INSERT INTO pass_mark (seq, pass_id, frame, label, at) VALUES (@seq, @passId, @frame, @label, @at)',
  );
  const alarm = statement<{
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

  return applyEvents({
    'pass.prepared': ({ payload, occurredAt }) => {
      const { video, audio, software, durationS, ...plain } = payload;
      insert.run({
        ...plain,
        video: JSON.stringify(video),
        audio: audio === null ? null : JSON.stringify(audio),
        software: JSON.stringify(software),
        durationS: durationS ?? null,
        at: occurredAt,
      });
    },
    'pass.recording-started': ({ payload, occurredAt }) =>
      void start.run({ passId: payload.passId, at: occurredAt }),
    'pass.recorder-adopted': ({ payload }) =>
      void adopt.run({ passId: payload.passId, frames: payload.frames }),
    'pass.marked': ({ seq, payload, occurredAt }) => void mark.run({ ...payload, seq, at: occurredAt }),
    'pass.alarm-raised': ({ seq, payload, occurredAt }) =>
      void alarm.run({ ...payload, seq, at: occurredAt }),
    'pass.stop-requested': ({ payload }) => void requestStop.run(payload),
    'pass.recording-ended': ({ payload, occurredAt }) => void end.run({ ...payload, at: occurredAt }),
    'pass.interrupted': ({ payload, occurredAt }) =>
      void interrupt.run({ passId: payload.passId, reason: payload.reason, at: occurredAt }),
    'pass.recovered': ({ payload }) => void recover.run(payload),
    'pass.followed': ({ payload }) => void follow.run(payload),
    'pass.sealed': ({ payload, occurredAt }) =>
      void seal.run({
        passId: payload.passId,
        frames: payload.frames,
        checks: JSON.stringify(payload.checks),
        at: occurredAt,
      }),
    'pass.failed': ({ payload }) =>
      void fail.run({
        passId: payload.passId,
        reason: payload.reason,
        checks: JSON.stringify(payload.checks),
      }),
  });
}
