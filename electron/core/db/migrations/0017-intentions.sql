-- What belongs to the work although a check finds it: a projection of the log. A withdrawn intention has no row.
CREATE TABLE qc_intention (
  seq          INTEGER PRIMARY KEY,
  intention_id TEXT NOT NULL UNIQUE,
  tape_id      TEXT NOT NULL,
  check_id     TEXT NOT NULL,
  channels     TEXT CHECK (json_valid(channels)),
  -- NULL: the whole work.
  pass_id      TEXT,
  start_frame  INTEGER CHECK (start_frame >= 0),
  end_frame    INTEGER CHECK (end_frame >= start_frame),
  reason       TEXT NOT NULL,
  stated_at    TEXT NOT NULL,
  stated_by    TEXT NOT NULL,
  CHECK ((pass_id IS NULL) = (start_frame IS NULL) AND (pass_id IS NULL) = (end_frame IS NULL))
) STRICT;
CREATE INDEX qc_intention_tape ON qc_intention (tape_id, seq);
