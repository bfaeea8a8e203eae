import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';

/** What an event is about, as people call it: a tape, or one pass of it. */
export interface EventSubject {
  tape: string;
  passNumber: number | null;
}

/**
 * Names what each of some events is about. An event of a pass names that pass; one of a tape the tape; one of neither is left out.
 * One of very many tapes (a list that was imported) names them all.
 */
export function createEventSubjects(db: Database): (seqs: readonly number[]) => Map<number, EventSubject[]> {
  const ofPasses = statement<{ seqs: string }, Row>(
    db,
    'eventSubjects.passes',
    `SELECT l.seq, tape.identifier AS tape, pass.pass_number AS passNumber
       FROM json_each(@seqs) wanted JOIN event_link l ON l.seq = wanted.value AND l.kind = 'pass'
       JOIN pass ON pass.pass_id = l.object_id JOIN tape USING (tape_id)
      ORDER BY l.seq, tape.identifier, pass.pass_number`,
  );
  const ofTapes = statement<{ seqs: string }, Row>(
    db,
    'eventSubjects.tapes',
    `SELECT l.seq, tape.identifier AS tape, NULL AS passNumber
       FROM json_each(@seqs) wanted JOIN event_link l ON l.seq = wanted.value AND l.kind = 'tape'
       JOIN tape ON tape.tape_id = l.object_id
      ORDER BY l.seq, tape.identifier`,
  );
  return (seqs) => {
    const params = { seqs: JSON.stringify(seqs) };
    const subjects = Map.groupBy(ofPasses.all(params), ({ seq }) => seq);
    for (const row of ofTapes.all(params)) {
      const known = subjects.get(row.seq) ?? [];
      if (!known.some(({ tape }) => tape === row.tape)) subjects.set(row.seq, [...known, row]);
    }
    return subjects;
  };
}

interface Row extends EventSubject {
  seq: number;
}
