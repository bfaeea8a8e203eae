import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';
import { type FrameRange, mergeRanges } from '#shared/domain/frame-ranges.ts';

/** One person before one pass, now. */
export interface Sitting {
  sittingId: string;
  passId: string;
  personId: string;
  /** UTC ISO 8601. */
  startedAt: string;
  endedAt: string;
  ranges: FrameRange[];
  /** Of them what was seen as pictures of the master itself; null: it was begun by a version that did not tell. */
  masterRanges: FrameRange[] | null;
}

/**
 * What is being watched just now: beside the log, on disk, so that a sitting is one event and a crash loses nothing of it.
 */
export interface SittingsStore {
  find(passId: string, personId: string): Sitting | undefined;
  ofPass(passId: string): Sitting[];
  all(): Sitting[];
  save(sitting: Sitting): void;
  remove(sittingId: string): void;
}

export function createSittingsStore(db: Database): SittingsStore {
  const save = statement<Record<string, string | null>>(
    db,
    'sittings.save',
    `INSERT INTO review_sitting (sitting_id, pass_id, person_id, started_at, ended_at, ranges, master_ranges)
     VALUES (@sittingId, @passId, @personId, @startedAt, @endedAt, @ranges, @masterRanges)
     ON CONFLICT (sitting_id) DO UPDATE SET ended_at = excluded.ended_at, ranges = excluded.ranges,
       master_ranges = excluded.master_ranges`,
  );
  const remove = statement<{ sittingId: string }>(
    db,
    'sittings.remove',
    'DELETE FROM review_sitting WHERE sitting_id = @sittingId',
  );
  const all = statement<void, SittingRow>(
    db,
    'sittings.all',
    'SELECT * FROM review_sitting ORDER BY sitting_id',
  );
  const ofPass = statement<{ passId: string }, SittingRow>(
    db,
    'sittings.ofPass',
    'SELECT * FROM review_sitting WHERE pass_id = @passId ORDER BY sitting_id',
  );
  const one = statement<{ passId: string; personId: string }, SittingRow>(
    db,
    'sittings.one',
    'SELECT * FROM review_sitting WHERE pass_id = @passId AND person_id = @personId',
  );
  return {
    find: (passId, personId) => {
      const row = one.get({ passId, personId });
      return row && sittingOf(row);
    },
    ofPass: (passId) => ofPass.all({ passId }).map(sittingOf),
    all: () => all.all().map(sittingOf),
    save: ({ ranges, masterRanges, ...plain }) =>
      void save.run({
        ...plain,
        ranges: JSON.stringify(mergeRanges(ranges)),
        masterRanges: masterRanges && JSON.stringify(mergeRanges(masterRanges)),
      }),
    remove: (sittingId) => void remove.run({ sittingId }),
  };
}

function sittingOf(row: SittingRow): Sitting {
  return {
    sittingId: row.sitting_id,
    passId: row.pass_id,
    personId: row.person_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    ranges: JSON.parse(row.ranges) as FrameRange[],
    masterRanges: row.master_ranges === null ? null : (JSON.parse(row.master_ranges) as FrameRange[]),
  };
}

interface SittingRow {
  sitting_id: string;
  pass_id: string;
  person_id: string;
  started_at: string;
  ended_at: string;
  ranges: string;
  master_ranges: string | null;
}
