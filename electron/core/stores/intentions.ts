import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { Projection } from '#core/log/projection.ts';
import { type Intention, intentionSchema } from '#shared/domain/intention.ts';
import { applyEvents } from './apply-events.ts';

export interface IntentionsStore {
  projection: Projection;
  /** What was said of a tape and not withdrawn, in the order of the log. */
  ofTape(tapeId: string): Intention[];
  find(intentionId: string): Intention | undefined;
}

export function createIntentionsStore(db: Database): IntentionsStore {
  const insert = statement<Record<string, string | number | null>>(
    db,
    'intentions.insert',
    `INSERT INTO qc_intention (seq, intention_id, tape_id, check_id, channels, pass_id, start_frame, end_frame, reason,
       stated_at, stated_by)
     VALUES (@seq, @intentionId, @tapeId, @check, @channels, @passId, @startFrame, @endFrame, @reason, @at, @actorId)`,
  );
  const remove = statement<{ intentionId: string }>(
    db,
    'intentions.remove',
    'DELETE FROM qc_intention WHERE intention_id = @intentionId',
  );
  const ofTape = statement<{ tapeId: string }, IntentionRow>(
    db,
    'intentions.ofTape',
    'SELECT * FROM qc_intention WHERE tape_id = @tapeId ORDER BY seq',
  );
  const byId = statement<{ intentionId: string }, IntentionRow>(
    db,
    'intentions.byId',
    'SELECT * FROM qc_intention WHERE intention_id = @intentionId',
  );
  return {
    projection: {
      area: 'intentions',
      tables: ['qc_intention'],
      apply: applyEvents({
        'qc.intention-stated': ({ seq, payload: { channels, range, ...plain }, occurredAt, actorId }) =>
          void insert.run({
            ...plain,
            seq,
            channels: channels === null ? null : JSON.stringify(channels),
            passId: range?.passId ?? null,
            startFrame: range?.startFrame ?? null,
            endFrame: range?.endFrame ?? null,
            at: occurredAt,
            actorId,
          }),
        'qc.intention-withdrawn': ({ payload: { intentionId } }) => void remove.run({ intentionId }),
      }),
    },
    ofTape: (tapeId) => ofTape.all({ tapeId }).map(intentionOf),
    find: (intentionId) => {
      const row = byId.get({ intentionId });
      return row && intentionOf(row);
    },
  };
}

function intentionOf(row: IntentionRow): Intention {
  return intentionSchema.parse({
    id: row.intention_id,
    tapeId: row.tape_id,
    check: row.check_id,
    channels: row.channels === null ? null : JSON.parse(row.channels),
    range:
      row.pass_id === null
        ? null
        : { passId: row.pass_id, startFrame: row.start_frame, endFrame: row.end_frame },
    reason: row.reason,
    statedAt: row.stated_at,
    statedBy: row.stated_by,
  });
}

interface IntentionRow {
  intention_id: string;
  tape_id: string;
  check_id: string;
  channels: string | null;
  pass_id: string | null;
  start_frame: number | null;
  end_frame: number | null;
  reason: string;
  stated_at: string;
  stated_by: string;
}
