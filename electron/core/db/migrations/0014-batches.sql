-- Batches and their packages: a projection of the log.
CREATE TABLE batch (
  batch_id   TEXT PRIMARY KEY,
  name       TEXT NOT NULL COLLATE NOCASE UNIQUE,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE batch_tape (
  batch_id TEXT NOT NULL REFERENCES batch (batch_id),
  position INTEGER NOT NULL CHECK (position >= 0),
  tape_id  TEXT NOT NULL,
  PRIMARY KEY (batch_id, position),
  UNIQUE (batch_id, tape_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE package (
  seq             INTEGER PRIMARY KEY,
  package_id      TEXT NOT NULL UNIQUE,
  batch_id        TEXT NOT NULL REFERENCES batch (batch_id),
  tape_id         TEXT NOT NULL,
  pass_id         TEXT NOT NULL,
  profile_id      TEXT NOT NULL,
  name            TEXT NOT NULL,
  size_bytes      INTEGER NOT NULL CHECK (size_bytes >= 0),
  manifest_sha512 TEXT NOT NULL,
  written_at      TEXT NOT NULL,
  -- NULL until it was read back.
  is_verified     INTEGER CHECK (is_verified IN (0, 1)),
  problems        TEXT NOT NULL CHECK (json_valid(problems))
) STRICT;
CREATE INDEX package_batch ON package (batch_id, seq);

-- Where this computer put a package. Not in the log, which names no path of one computer; not made by a rebuild.
CREATE TABLE package_place (
  package_id TEXT PRIMARY KEY,
  path       TEXT NOT NULL
) STRICT;
