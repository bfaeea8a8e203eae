-- Measurements of passes and what the checks found: a projection of the log.
CREATE TABLE qc_run (
  seq         INTEGER PRIMARY KEY,
  qc_run_id   TEXT NOT NULL UNIQUE,
  pass_id     TEXT NOT NULL,
  profile_id  TEXT NOT NULL,
  frames      INTEGER NOT NULL CHECK (frames >= 0),
  checks      TEXT NOT NULL CHECK (json_valid(checks)),
  measured_at TEXT NOT NULL
) STRICT;
CREATE INDEX qc_run_pass ON qc_run (pass_id, seq);

CREATE TABLE qc_event (
  qc_run_id   TEXT NOT NULL REFERENCES qc_run (qc_run_id),
  position    INTEGER NOT NULL CHECK (position >= 0),
  check_id    TEXT NOT NULL,
  start_frame INTEGER NOT NULL CHECK (start_frame >= 0),
  end_frame   INTEGER NOT NULL CHECK (end_frame >= 0),
  severity    TEXT NOT NULL CHECK (severity IN ('info', 'warn', 'fail')),
  confidence  REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  channels    TEXT CHECK (json_valid(channels)),
  evidence    TEXT NOT NULL CHECK (json_valid(evidence)),
  message     TEXT NOT NULL,
  PRIMARY KEY (qc_run_id, position)
) STRICT, WITHOUT ROWID;
