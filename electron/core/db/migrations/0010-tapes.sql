-- Tapes: a projection of the log, dropped and made again by a rebuild.
CREATE TABLE tape (
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
  state           TEXT NOT NULL CHECK (state IN ('registered', 'captured', 'sealed', 'packaged')),
  registered_at   TEXT NOT NULL,
  last_event_type TEXT NOT NULL,
  last_event_at   TEXT NOT NULL,
  pass_count      INTEGER NOT NULL CHECK (pass_count >= 0)
) STRICT;

-- One for each order that the tapes screen can show; the identifier decides between equals. The state is in each, so
-- that a list of some states is found in its order without reading the rows.
CREATE INDEX tape_by_identifier ON tape (identifier, state);
CREATE INDEX tape_by_title ON tape (title, identifier, state);
CREATE INDEX tape_by_artist ON tape (artist, identifier, state);
CREATE INDEX tape_by_format ON tape (format, identifier, state);
CREATE INDEX tape_by_state ON tape (state, identifier);
CREATE INDEX tape_by_last_event ON tape (last_event_at, identifier, state);

-- What the filter looks through: lower case, without accents. Narrow, so that reading it whole stays quick; a
-- full-text index would answer in less, and match words where people type parts of shelf marks.
CREATE TABLE tape_search (
  tape_number INTEGER PRIMARY KEY,
  text        TEXT NOT NULL
) STRICT;

-- What a tape's state is derived from.
CREATE TABLE tape_pass (
  pass_id TEXT PRIMARY KEY,
  tape_id TEXT NOT NULL REFERENCES tape (tape_id),
  stage   TEXT NOT NULL CHECK (stage IN ('prepared', 'captured', 'sealed'))
) STRICT;
CREATE INDEX tape_pass_tape ON tape_pass (tape_id);

CREATE TABLE tape_package (
  package_id TEXT PRIMARY KEY,
  tape_id    TEXT NOT NULL REFERENCES tape (tape_id),
  is_good    INTEGER NOT NULL CHECK (is_good IN (0, 1))
) STRICT;
CREATE INDEX tape_package_tape ON tape_package (tape_id);
