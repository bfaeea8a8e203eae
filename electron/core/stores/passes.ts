import type { z } from 'zod';
import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { Projection } from '#core/log/projection.ts';
import { type Pass, passSchema } from '#shared/domain/pass.ts';
import { passCourse } from './pass-course.ts';
import { passEvents } from './pass-events.ts';

const briefSchema = passSchema.pick({ id: true, tapeIdentifier: true, state: true, frames: true });
/** Where the files of a pass lie, and how long it is. */
export type PassBrief = z.infer<typeof briefSchema>;

export interface PassesStore {
  projection: Projection;
  /** Newest first; of one tape, or of all. */
  list(tapeId?: string): Pass[];
  find(passId: string): Pass | undefined;
  /** What is asked for with every frame: `find` reads the whole course of a pass, which may have thousands of lines. */
  brief(passId: string): PassBrief | undefined;
  /** Passes that are not sealed and not failed, oldest first. */
  unfinished(): Pass[];
  /** The number that the tape's next pass gets, from 1. */
  nextPassNumber(tapeId: string): number;
}

const columns = `SELECT pass.*, tape.identifier AS tape_identifier,
    EXISTS (SELECT 1 FROM pass_choice WHERE pass_choice.pass_id = pass.pass_id) AS is_chosen
  FROM pass JOIN tape USING (tape_id)`;

export function createPassesStore(db: Database): PassesStore {
  const all = statement<void, PassRow>(db, 'passes.all', `${columns} ORDER BY pass_id DESC`);
  const ofTape = statement<{ tapeId: string }, PassRow>(
    db,
    'passes.ofTape',
    `${columns} WHERE tape_id = @tapeId ORDER BY pass_id DESC`,
  );
  const byId = statement<{ passId: string }, PassRow>(
    db,
    'passes.byId',
    `${columns} WHERE pass_id = @passId`,
  );
  const briefly = statement<{ passId: string }, BriefRow>(
    db,
    'passes.briefly',
    `SELECT pass.pass_id, pass.state, pass.frames, tape.identifier AS tape_identifier
     FROM pass JOIN tape USING (tape_id) WHERE pass_id = @passId`,
  );
  const unfinished = statement<void, PassRow>(
    db,
    'passes.unfinished',
    `${columns} WHERE pass.state NOT IN ('sealed', 'failed') ORDER BY pass_id`,
  );
  const lastNumber = statement<{ tapeId: string }, { last: number | null }>(
    db,
    'passes.lastNumber',
    'SELECT max(pass_number) AS last FROM pass WHERE tape_id = @tapeId',
  );
  const course = passCourse(db);

  const passOf = (row: PassRow): Pass =>
    passSchema.parse({
      id: row.pass_id,
      tapeId: row.tape_id,
      tapeIdentifier: row.tape_identifier,
      passNumber: row.pass_number,
      state: row.state,
      sourceId: row.source_id,
      sourceDescription: row.source_description,
      profileId: row.profile_id,
      chainName: row.chain_name,
      operatorId: row.operator_id,
      video: JSON.parse(row.video),
      audio: row.audio === null ? null : JSON.parse(row.audio),
      software: JSON.parse(row.software),
      preparedAt: row.prepared_at,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      sealedAt: row.sealed_at,
      endReason: row.end_reason,
      failReason: row.fail_reason,
      frames: row.frames,
      droppedFrames: row.dropped_frames,
      lostFrames: row.lost_frames,
      lossBasis: row.loss_basis,
      sealChecks: JSON.parse(row.seal_checks),
      plan: row.plan === null ? null : JSON.parse(row.plan),
      programmeStartFrame: row.programme_start_frame,
      chosen: row.is_chosen === 1,
      ...course(row.pass_id),
    });

  return {
    projection: {
      area: 'passes',
      tables: ['pass_choice', 'pass_timecode_break', 'pass_gave_way', 'pass_alarm', 'pass_mark', 'pass'],
      apply: passEvents(db),
    },
    list: (tapeId) => (tapeId === undefined ? all.all() : ofTape.all({ tapeId })).map(passOf),
    find: (passId) => {
      const row = byId.get({ passId });
      return row && passOf(row);
    },
    brief: (passId) => {
      const row = briefly.get({ passId });
      if (!row) return undefined;
      const { pass_id: id, tape_identifier: tapeIdentifier, state, frames } = row;
      return briefSchema.parse({ id, tapeIdentifier, state, frames });
    },
    unfinished: () => unfinished.all().map(passOf),
    nextPassNumber: (tapeId) => (lastNumber.get({ tapeId })?.last ?? 0) + 1,
  };
}

interface BriefRow {
  pass_id: string;
  tape_identifier: string;
  state: string;
  frames: number;
}

interface PassRow extends BriefRow {
  tape_id: string;
  pass_number: number;
  source_id: string;
  source_description: string;
  profile_id: string;
  chain_name: string;
  operator_id: string;
  video: string;
  audio: string | null;
  software: string;
  prepared_at: string;
  started_at: string | null;
  ended_at: string | null;
  sealed_at: string | null;
  end_reason: string | null;
  fail_reason: string | null;
  dropped_frames: number;
  lost_frames: number;
  loss_basis: string;
  seal_checks: string;
  plan: string | null;
  programme_start_frame: number | null;
  is_chosen: number;
}
