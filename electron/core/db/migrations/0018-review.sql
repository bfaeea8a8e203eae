-- What people say of a pass: a projection of the log. Nothing is overwritten: a later word is a row of its own.

-- Who has a pass on their desk now.
CREATE TABLE review_holding (
  pass_id    TEXT PRIMARY KEY,
  person_id  TEXT NOT NULL,
  taken_at   TEXT NOT NULL,
  taken_from TEXT,
  reason     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE review_decision (
  seq         INTEGER PRIMARY KEY,
  decision_id TEXT NOT NULL UNIQUE,
  pass_id     TEXT NOT NULL,
  qc_run_id   TEXT NOT NULL,
  check_id    TEXT NOT NULL,
  channels    TEXT CHECK (json_valid(channels)),
  start_frame INTEGER NOT NULL CHECK (start_frame >= 0),
  end_frame   INTEGER NOT NULL CHECK (end_frame >= start_frame),
  judgement   TEXT NOT NULL CHECK (judgement IN ('accepted', 'dismissed', 'reopened')),
  origin      TEXT,
  remark      TEXT NOT NULL,
  decided_at  TEXT NOT NULL,
  decided_by  TEXT NOT NULL
) STRICT;
CREATE INDEX review_decision_pass ON review_decision (pass_id, seq);

CREATE TABLE review_note (
  seq              INTEGER PRIMARY KEY,
  note_id          TEXT NOT NULL UNIQUE,
  pass_id          TEXT NOT NULL,
  start_frame      INTEGER NOT NULL CHECK (start_frame >= 0),
  end_frame        INTEGER NOT NULL CHECK (end_frame >= start_frame),
  -- NULL: the whole picture.
  region           TEXT CHECK (json_valid(region)),
  still_frame      INTEGER CHECK (still_frame >= 0),
  term             TEXT,
  medium           TEXT,
  origin           TEXT,
  severity         TEXT,
  words            TEXT NOT NULL,
  noted_at         TEXT NOT NULL,
  noted_by         TEXT NOT NULL,
  withdrawn_at     TEXT,
  withdrawn_by     TEXT,
  withdrawn_reason TEXT,
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
) STRICT;
CREATE INDEX review_note_pass ON review_note (pass_id, seq);

CREATE TABLE review_watched (
  seq        INTEGER PRIMARY KEY,
  sitting_id TEXT NOT NULL UNIQUE,
  pass_id    TEXT NOT NULL,
  person_id  TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at   TEXT NOT NULL,
  ranges     TEXT NOT NULL CHECK (json_valid(ranges))
) STRICT;
CREATE INDEX review_watched_pass ON review_watched (pass_id, seq);

CREATE TABLE review_opinion (
  seq              INTEGER PRIMARY KEY,
  opinion_id       TEXT NOT NULL UNIQUE,
  pass_id          TEXT NOT NULL,
  asked_by         TEXT NOT NULL,
  -- NULL: of anyone but the one who asks.
  asked_of         TEXT,
  question         TEXT NOT NULL,
  asked_at         TEXT NOT NULL,
  withdrawn_at     TEXT,
  withdrawn_by     TEXT,
  withdrawn_reason TEXT,
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
) STRICT;
CREATE INDEX review_opinion_pass ON review_opinion (pass_id, seq);

CREATE TABLE review_verdict (
  seq            INTEGER PRIMARY KEY,
  verdict_id     TEXT NOT NULL UNIQUE,
  pass_id        TEXT NOT NULL,
  verdict        TEXT NOT NULL CHECK (verdict IN ('accept', 'accept-with-notes', 'reject', 'capture-again')),
  reason         TEXT NOT NULL,
  -- What it is bound to: both NULL where the pass came to no master.
  master_file_id TEXT,
  master_sha256  TEXT CHECK (length(master_sha256) = 64),
  qc_run_id      TEXT,
  basis          TEXT NOT NULL CHECK (json_valid(basis)),
  settles        INTEGER NOT NULL CHECK (settles IN (0, 1)),
  given_at       TEXT NOT NULL,
  given_by       TEXT NOT NULL,
  CHECK ((master_file_id IS NULL) = (master_sha256 IS NULL))
) STRICT;
CREATE INDEX review_verdict_pass ON review_verdict (pass_id, seq);

-- What the tape's state follows. A pass that nobody has looked at has no row.
CREATE TABLE review_state (
  pass_id TEXT PRIMARY KEY,
  state   TEXT NOT NULL CHECK (state IN ('in-review', 'accepted', 'rejected'))
) STRICT, WITHOUT ROWID;

-- Beside the log: what is being watched just now. It becomes one event when the sitting ends.
CREATE TABLE review_sitting (
  sitting_id TEXT PRIMARY KEY,
  pass_id    TEXT NOT NULL,
  person_id  TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at   TEXT NOT NULL,
  ranges     TEXT NOT NULL CHECK (json_valid(ranges)),
  UNIQUE (pass_id, person_id)
) STRICT, WITHOUT ROWID;

-- A tape's state follows the verdicts on its passes: of those that somebody chose, where somebody did.
ALTER TABLE tape_pass ADD COLUMN segment INTEGER NOT NULL DEFAULT 0 CHECK (segment >= 0);
ALTER TABLE tape_pass ADD COLUMN is_chosen INTEGER NOT NULL DEFAULT 0 CHECK (is_chosen IN (0, 1));
UPDATE tape_pass SET
  segment = coalesce((SELECT plan ->> '$.segment' FROM pass WHERE pass.pass_id = tape_pass.pass_id), 0),
  is_chosen = EXISTS (SELECT 1 FROM pass_choice WHERE pass_choice.pass_id = tape_pass.pass_id);

-- SQLite cannot change what a column may hold: the table is made again, with its new states.
CREATE TABLE tape_wider (
  tape_number     INTEGER PRIMARY KEY,
  tape_id         TEXT NOT NULL UNIQUE,
  -- Names files, also on disks that do not tell cases apart.
  identifier      TEXT NOT NULL COLLATE NOCASE UNIQUE,
  title           TEXT NOT NULL COLLATE NOCASE,
  artist          TEXT NOT NULL COLLATE NOCASE,
  format          TEXT NOT NULL,
  standard        TEXT NOT NULL,
  duration_min    REAL CHECK (duration_min > 0),
  generation      TEXT NOT NULL,
  condition       TEXT NOT NULL,
  location        TEXT NOT NULL,
  notes           TEXT NOT NULL,
  state           TEXT NOT NULL CHECK (state IN
                    ('registered', 'captured', 'sealed', 'in-review', 'rejected', 'accepted', 'packaged')),
  registered_at   TEXT NOT NULL,
  last_event_type TEXT NOT NULL,
  last_event_at   TEXT NOT NULL,
  pass_count      INTEGER NOT NULL CHECK (pass_count >= 0)
) STRICT;
INSERT INTO tape_wider (tape_number, tape_id, identifier, title, artist, format, standard, duration_min, generation,
    condition, location, notes, state, registered_at, last_event_type, last_event_at, pass_count)
  SELECT tape_number, tape_id, identifier, title, artist, format, standard, duration_min, generation,
    condition, location, notes, state, registered_at, last_event_type, last_event_at, pass_count
  FROM tape ORDER BY tape_number;
DROP TABLE tape;
ALTER TABLE tape_wider RENAME TO tape;
CREATE INDEX tape_by_identifier ON tape (identifier, state);
CREATE INDEX tape_by_title ON tape (title, identifier, state);
CREATE INDEX tape_by_artist ON tape (artist, identifier, state);
CREATE INDEX tape_by_format ON tape (format, identifier, state);
CREATE INDEX tape_by_state ON tape (state, identifier);
CREATE INDEX tape_by_last_event ON tape (last_event_at, identifier, state);
