import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { LogEvent } from '#core/log/event.ts';
import { applyEvents } from './apply-events.ts';
import { passCourseEvents } from './pass-course-events.ts';

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
  const plan = update<{ passId: string; plan: string }>('plan', 'plan = @plan');
  const startProgramme = update<{ passId: string; frame: number }>(
    'startProgramme',
    'programme_start_frame = @frame',
  );
  // A choice takes the place of the one before of the same part; of the whole tape against its segments too.
  const unchoose = statement<{ tapeId: string; passId: string }>(
    db,
    'passes.unchoose',
    `DELETE FROM pass_choice WHERE tape_id = @tapeId AND (segment = 0) <>
       (SELECT coalesce(plan ->> '$.segment', 0) = 0 FROM pass WHERE pass_id = @passId)`,
  );
  const choose = statement<{ tapeId: string; passId: string; reason: string; at: string }>(
    db,
    'passes.choose',
    `INSERT INTO pass_choice (tape_id, segment, pass_id, reason, chosen_at)
     SELECT @tapeId, coalesce(plan ->> '$.segment', 0), pass_id, @reason, @at FROM pass WHERE pass_id = @passId
     ON CONFLICT (tape_id, segment) DO UPDATE SET pass_id = excluded.pass_id, reason = excluded.reason,
       chosen_at = excluded.chosen_at`,
  );

  return applyEvents({
    ...passCourseEvents(db),
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
    'pass.planned': ({ payload }) =>
      void plan.run({ passId: payload.passId, plan: JSON.stringify(payload.plan) }),
    'pass.recording-started': ({ payload, occurredAt }) =>
      void start.run({ passId: payload.passId, at: occurredAt }),
    'pass.recorder-adopted': ({ payload }) =>
      void adopt.run({ passId: payload.passId, frames: payload.frames }),
    'pass.programme-started': ({ payload: { passId, frame } }) => void startProgramme.run({ passId, frame }),
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
    'tape.pass-chosen': ({ payload, occurredAt }) => {
      unchoose.run({ tapeId: payload.tapeId, passId: payload.passId });
      choose.run({ ...payload, at: occurredAt });
    },
  });
}
