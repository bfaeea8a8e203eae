-- Access copies held against what the recipe makes of their masters: a projection of the log.
CREATE TABLE access_certificate (
  seq            INTEGER PRIMARY KEY,
  certificate_id TEXT NOT NULL UNIQUE,
  pass_id        TEXT NOT NULL REFERENCES pass (pass_id),
  certified_at   TEXT NOT NULL,
  is_ok          INTEGER NOT NULL CHECK (is_ok IN (0, 1)),
  certificate    TEXT NOT NULL CHECK (json_valid(certificate))
) STRICT;
CREATE INDEX access_certificate_pass ON access_certificate (pass_id, seq);
