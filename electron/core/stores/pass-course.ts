import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';

/** What happened in the course of a pass, in the order of the log. */
export interface PassCourse {
  marks: { frame: number; label: string; at: string }[];
  alarms: { kind: string; frame: number; message: string; at: string; clearedFrame: number | null }[];
  gaveWay: string[];
  timecodeBreaks: {
    frame: number;
    source: string;
    kind: string;
    before: string | null;
    after: string | null;
  }[];
}

/** Reads the course of a pass from the tables beside its row. */
export function passCourse(db: Database): (passId: string) => PassCourse {
  const rows = <Row>(name: string, columns: string, table: string) =>
    statement<{ passId: string }, Row>(
      db,
      `passes.${name}`,
      `SELECT ${columns} FROM ${table} WHERE pass_id = @passId ORDER BY seq`,
    );
  const marks = rows<PassCourse['marks'][number]>('marks', 'frame, label, at', 'pass_mark');
  const alarms = rows<PassCourse['alarms'][number]>(
    'alarms',
    'kind, frame, message, at, cleared_frame AS clearedFrame',
    'pass_alarm',
  );
  const gaveWay = rows<{ work: string }>('gaveWay', 'work', 'pass_gave_way');
  const breaks = rows<PassCourse['timecodeBreaks'][number]>(
    'timecodeBreaks',
    'frame, source, kind, before, after',
    'pass_timecode_break',
  );
  return (passId) => ({
    marks: marks.all({ passId }),
    alarms: alarms.all({ passId }),
    gaveWay: gaveWay.all({ passId }).map(({ work }) => work),
    timecodeBreaks: breaks.all({ passId }),
  });
}
