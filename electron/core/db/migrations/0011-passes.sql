-- Passes: a projection of the log.
CREATE TABLE pass (
  pass_id            TEXT PRIMARY KEY,
  tape_id            TEXT NOT NULL,
  pass_number        INTEGER NOT NULL CHECK (pass_number > 0),
  state              TEXT NOT NULL CHECK (state IN
                       ('prepared', 'recording', 'stopping', 'following', 'interrupted', 'sealed', 'failed')),
  source_id          TEXT NOT NULL,
  source_description TEXT NOT NULL,
  profile_id         TEXT NOT NULL,
  profile_sha256     TEXT NOT NULL,
  chain_name         TEXT NOT NULL,
  operator_id        TEXT NOT NULL,
  video              TEXT NOT NULL CHECK (json_valid(video)),
  audio              TEXT CHECK (json_valid(audio)),
  software           TEXT NOT NULL CHECK (json_valid(software)),
  duration_s         REAL CHECK (duration_s > 0),
  prepared_at        TEXT NOT NULL,
  started_at         TEXT,
  ended_at           TEXT,
  sealed_at          TEXT,
  end_reason         TEXT,
  fail_reason        TEXT,
  frames             INTEGER NOT NULL CHECK (frames >= 0),
  dropped_frames     INTEGER NOT NULL CHECK (dropped_frames >= 0),
  lost_frames        INTEGER NOT NULL CHECK (lost_frames >= 0),
  loss_basis         TEXT NOT NULL CHECK (loss_basis IN ('none', 'card', 'wall-clock')),
  seal_checks        TEXT NOT NULL CHECK (json_valid(seal_checks)),
  UNIQUE (tape_id, pass_number)
) STRICT;
CREATE INDEX pass_by_state ON pass (state);

-- In the order of the log: seq is the event's.
CREATE TABLE pass_mark (
  seq     INTEGER PRIMARY KEY,
  pass_id TEXT NOT NULL REFERENCES pass (pass_id),
  frame   INTEGER NOT NULL CHECK (frame >= 0),
  label   TEXT NOT NULL,
  at      TEXT NOT NULL
) STRICT;
CREATE INDEX pass_mark_pass ON pass_mark (pass_id);

CREATE TABLE pass_alarm (
  seq     INTEGER PRIMARY KEY,
  pass_id TEXT NOT NULL REFERENCES pass (pass_id),
  kind    TEXT NOT NULL,
  frame   INTEGER NOT NULL CHECK (frame >= 0),
  message TEXT NOT NULL,
  at      TEXT NOT NULL
) STRICT;
CREATE INDEX pass_alarm_pass ON pass_alarm (pass_id);
