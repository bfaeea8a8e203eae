import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import type { Projection } from '#core/log/projection.ts';
import { type NotJudged, type QcEvent, qcEventSchema } from '#shared/domain/qc.ts';
import { applyEvents } from './apply-events.ts';

export interface QcRun {
  qcRunId: string;
  profileId: string;
  frames: number;
  checks: string[];
  /** Checks that the material says nothing to, and why. */
  notJudged: NotJudged[];
  measuredAt: string;
  events: QcEvent[];
}

export interface QcStore {
  projection: Projection;
  /** The pass's latest measurement. */
  latest(passId: string): QcRun | undefined;
  /** How many findings it holds, and how many of them are faults; without reading any. */
  countLatest(passId: string): { total: number; faults: number } | undefined;
}

export function createQcStore(db: Database): QcStore {
  const insertRun = statement<Record<string, string | number>>(
    db,
    'qc.insertRun',
    `INSERT INTO qc_run (seq, qc_run_id, pass_id, profile_id, frames, checks, not_judged, measured_at)
     VALUES (@seq, @qcRunId, @passId, @profileId, @frames, @checks, @notJudged, @at)`,
  );
  const insertEvent = statement<Record<string, string | number | null>>(
    db,
    'qc.insertEvent',
    `INSERT INTO qc_event (qc_run_id, position, check_id, start_frame, end_frame, severity, confidence, channels,
       evidence, message)
     VALUES (@qcRunId, @position, @check, @startFrame, @endFrame, @severity, @confidence, @channels,
       @evidence, @message)`,
  );
  const latest = statement<{ passId: string }, RunRow>(
    db,
    'qc.latest',
    'SELECT * FROM qc_run WHERE pass_id = @passId ORDER BY seq DESC LIMIT 1',
  );
  const eventsOf = statement<{ qcRunId: string }, EventRow>(
    db,
    'qc.events',
    'SELECT * FROM qc_event WHERE qc_run_id = @qcRunId ORDER BY position',
  );
  const countOf = statement<{ qcRunId: string }, { total: number; faults: number }>(
    db,
    'qc.count',
    `SELECT count(*) AS total, coalesce(sum(severity = 'fail'), 0) AS faults FROM qc_event WHERE qc_run_id = @qcRunId`,
  );
  return {
    projection: {
      area: 'qc',
      tables: ['qc_event', 'qc_run'],
      apply: applyEvents({
        'qc.measured': ({ seq, payload: { events, checks, notJudged = [], ...plain }, occurredAt }) => {
          insertRun.run({
            ...plain,
            checks: JSON.stringify(checks),
            notJudged: JSON.stringify(notJudged),
            seq,
            at: occurredAt,
          });
          for (const [position, { channels, evidence, ...event }] of events.entries()) {
            insertEvent.run({
              ...event,
              qcRunId: plain.qcRunId,
              position,
              channels: channels === undefined ? null : JSON.stringify(channels),
              evidence: JSON.stringify(evidence),
            });
          }
        },
      }),
    },
    countLatest: (passId) => {
      const run = latest.get({ passId });
      return run && countOf.get({ qcRunId: run.qc_run_id });
    },
    latest: (passId) => {
      const run = latest.get({ passId });
      if (!run) return undefined;
      return {
        qcRunId: run.qc_run_id,
        profileId: run.profile_id,
        frames: run.frames,
        checks: JSON.parse(run.checks),
        notJudged: JSON.parse(run.not_judged),
        measuredAt: run.measured_at,
        events: eventsOf.all({ qcRunId: run.qc_run_id }).map(eventOf),
      };
    },
  };
}

function eventOf(row: EventRow): QcEvent {
  return qcEventSchema.parse({
    check: row.check_id,
    startFrame: row.start_frame,
    endFrame: row.end_frame,
    severity: row.severity,
    confidence: row.confidence,
    ...(row.channels === null ? {} : { channels: JSON.parse(row.channels) }),
    evidence: JSON.parse(row.evidence),
    message: row.message,
  });
}

interface RunRow {
  qc_run_id: string;
  profile_id: string;
  frames: number;
  checks: string;
  not_judged: string;
  measured_at: string;
}

interface EventRow {
  check_id: string;
  start_frame: number;
  end_frame: number;
  severity: string;
  confidence: number;
  channels: string | null;
  evidence: string;
  message: string;
}
