-- What a pass was planned for, what became of it while it ran, which pass stands for a tape, and the self-tests of the
-- station: projections of the log.
ALTER TABLE pass ADD COLUMN plan TEXT CHECK (json_valid(plan));
ALTER TABLE pass ADD COLUMN programme_start_frame INTEGER CHECK (programme_start_frame >= 0);

-- NULL as long as the condition lasts.
ALTER TABLE pass_alarm ADD COLUMN cleared_frame INTEGER CHECK (cleared_frame >= 0);

-- Derived work that gives way now, in the order of the log.
CREATE TABLE pass_gave_way (
  seq     INTEGER PRIMARY KEY,
  pass_id TEXT NOT NULL REFERENCES pass (pass_id),
  work    TEXT NOT NULL,
  UNIQUE (pass_id, work)
) STRICT;

CREATE TABLE pass_timecode_break (
  seq     INTEGER PRIMARY KEY,
  pass_id TEXT NOT NULL REFERENCES pass (pass_id),
  frame   INTEGER NOT NULL CHECK (frame >= 0),
  source  TEXT NOT NULL,
  kind    TEXT NOT NULL,
  before  TEXT,
  after   TEXT
) STRICT;
CREATE INDEX pass_timecode_break_pass ON pass_timecode_break (pass_id);

-- One pass for each part of a tape that takes several passes; segment 0 where the tape is not divided.
CREATE TABLE pass_choice (
  tape_id   TEXT NOT NULL,
  segment   INTEGER NOT NULL CHECK (segment >= 0),
  pass_id   TEXT NOT NULL UNIQUE REFERENCES pass (pass_id),
  reason    TEXT NOT NULL,
  chosen_at TEXT NOT NULL,
  PRIMARY KEY (tape_id, segment)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
  seq            INTEGER PRIMARY KEY,
  certificate_id TEXT NOT NULL UNIQUE,
  tested_at      TEXT NOT NULL,
  is_ok          INTEGER NOT NULL CHECK (is_ok IN (0, 1)),
  source_id      TEXT NOT NULL,
  profile_id     TEXT NOT NULL,
  chain_name     TEXT NOT NULL,
  certificate    TEXT NOT NULL CHECK (json_valid(certificate))
) STRICT;
CREATE INDEX certificate_of_chain ON certificate (chain_name, seq);

-- An event can be about a certificate too.
CREATE TABLE event_link_wider (
  kind      TEXT NOT NULL CHECK (kind IN ('tape', 'pass', 'file', 'batch', 'package', 'device', 'person', 'certificate')),
  object_id TEXT NOT NULL CHECK (object_id <> ''),
  seq       INTEGER NOT NULL REFERENCES event_log (seq),
  PRIMARY KEY (kind, object_id, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO event_link_wider SELECT kind, object_id, seq FROM event_link ORDER BY kind, object_id, seq;
DROP TABLE event_link;
ALTER TABLE event_link_wider RENAME TO event_link;
CREATE INDEX event_link_seq ON event_link (seq);
