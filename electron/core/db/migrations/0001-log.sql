-- The provenance log: one row per event, never changed. Everything else in this database derives from it.
CREATE TABLE event_log (
  seq         INTEGER PRIMARY KEY CHECK (seq > 0),
  event_uuid  TEXT NOT NULL UNIQUE CHECK (event_uuid <> ''),
  recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-??T??:??:??.???Z'),
  occurred_at TEXT NOT NULL CHECK (occurred_at GLOB '????-??-??T??:??:??.???Z'),
  type        TEXT NOT NULL CHECK (type <> ''),
  -- A person's id; NULL for what the log itself writes.
  actor_id    TEXT CHECK (actor_id <> ''),
  station_id  TEXT NOT NULL CHECK (station_id <> ''),
  -- Canonical JSON (RFC 8785), exactly the bytes that were hashed.
  payload     TEXT NOT NULL CHECK (json_valid(payload)),
  prev_hash   TEXT NOT NULL CHECK (length(prev_hash) = 64),
  hash        TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;

CREATE INDEX event_log_type ON event_log (type, seq);
CREATE INDEX event_log_occurred_at ON event_log (occurred_at);

CREATE TRIGGER event_log_insert BEFORE INSERT ON event_log
BEGIN
  SELECT RAISE(ABORT, 'event_log: seq must be the next number')
   WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event_log);
  SELECT RAISE(ABORT, 'event_log: prev_hash must be the hash of the last event')
   WHERE NEW.prev_hash IS NOT coalesce(
     (SELECT hash FROM event_log ORDER BY seq DESC LIMIT 1),
     '0000000000000000000000000000000000000000000000000000000000000000');
  -- INSERT OR REPLACE would delete the row that has the same uuid or hash; a connection without recursive_triggers
  -- would not even run the DELETE trigger below.
  SELECT RAISE(ABORT, 'event_log: this event is already recorded')
   WHERE EXISTS (SELECT 1 FROM event_log WHERE event_uuid = NEW.event_uuid OR hash = NEW.hash);
END;

CREATE TRIGGER event_log_update BEFORE UPDATE ON event_log
BEGIN
  SELECT RAISE(ABORT, 'event_log: events are never changed');
END;

CREATE TRIGGER event_log_delete BEFORE DELETE ON event_log
BEGIN
  SELECT RAISE(ABORT, 'event_log: events are never deleted');
END;

-- Signed heads of the chain. The same lines are kept in files outside the database.
CREATE TABLE log_checkpoint (
  checkpoint_id INTEGER PRIMARY KEY,
  database_id   TEXT NOT NULL,
  station_id    TEXT NOT NULL,
  seq           INTEGER NOT NULL REFERENCES event_log (seq),
  hash          TEXT NOT NULL CHECK (length(hash) = 64),
  reason        TEXT NOT NULL,
  signed_at     TEXT NOT NULL,
  key_id        TEXT NOT NULL CHECK (length(key_id) = 16),
  signature     TEXT NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER log_checkpoint_insert BEFORE INSERT ON log_checkpoint
BEGIN
  SELECT RAISE(ABORT, 'log_checkpoint: this checkpoint is already recorded')
   WHERE EXISTS (SELECT 1 FROM log_checkpoint
                  WHERE checkpoint_id = NEW.checkpoint_id OR signature = NEW.signature);
END;

CREATE TRIGGER log_checkpoint_update BEFORE UPDATE ON log_checkpoint
BEGIN
  SELECT RAISE(ABORT, 'log_checkpoint: checkpoints are never changed');
END;

CREATE TRIGGER log_checkpoint_delete BEFORE DELETE ON log_checkpoint
BEGIN
  SELECT RAISE(ABORT, 'log_checkpoint: checkpoints are never deleted');
END;

-- What each event is about; a projection, made again by a rebuild.
CREATE TABLE event_link (
  kind      TEXT NOT NULL CHECK (kind IN ('tape', 'pass', 'file', 'batch', 'package', 'device', 'person')),
  object_id TEXT NOT NULL CHECK (object_id <> ''),
  seq       INTEGER NOT NULL REFERENCES event_log (seq),
  PRIMARY KEY (kind, object_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_link_seq ON event_link (seq);
