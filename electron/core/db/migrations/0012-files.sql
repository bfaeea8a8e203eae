-- Registered files: a projection of the log. A name inside a pass's folder is one file; registered again (measured
-- anew, mended after a crash) the newer one stands here and both stand in the log.
CREATE TABLE file (
  file_id       TEXT PRIMARY KEY,
  pass_id       TEXT NOT NULL,
  tape_id       TEXT NOT NULL,
  role          TEXT NOT NULL,
  name          TEXT NOT NULL,
  size_bytes    INTEGER NOT NULL CHECK (size_bytes >= 0),
  md5           TEXT NOT NULL CHECK (length(md5) = 32),
  sha256        TEXT NOT NULL CHECK (length(sha256) = 64),
  sha512        TEXT NOT NULL CHECK (length(sha512) = 128),
  registered_at TEXT NOT NULL,
  UNIQUE (pass_id, name)
) STRICT;
