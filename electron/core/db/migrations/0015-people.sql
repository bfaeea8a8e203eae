-- People and the runs of the station: a projection of the log.
CREATE TABLE person (
  person_id TEXT PRIMARY KEY,
  role      TEXT NOT NULL CHECK (role IN ('reviewer', 'technician', 'manager')),
  added_at  TEXT NOT NULL
) STRICT;

CREATE TABLE station_opening (
  seq       INTEGER PRIMARY KEY,
  opened_at TEXT NOT NULL,
  platform  TEXT NOT NULL,
  software  TEXT NOT NULL CHECK (json_valid(software))
) STRICT;

-- Names and accounts, beside the log: it stays whole when a name must go. Not made by a rebuild.
CREATE TABLE person_name (
  person_id TEXT PRIMARY KEY,
  name      TEXT NOT NULL,
  -- The account on this computer, by which a person is known again; NULL when there is none.
  account   TEXT UNIQUE
) STRICT;
