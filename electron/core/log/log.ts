import type { Database } from '#core/db/database.ts';
import type { Logger } from '#core/db/logger.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { type AppendListener, appendListeners } from './append-listeners.ts';
import { canonicalJson, eventHash, genesisHash } from './chain.ts';
import type { Checkpoint } from './checkpoint.ts';
import { checkpointStore } from './checkpoints.ts';
import { derivation, derivedTablesOf } from './derivation.ts';
import type { EventDraft, LogEvent } from './event.ts';
import type { LinksOf } from './links.ts';
import { eventList, type LogFilter } from './list.ts';
import { eventOf, logRows } from './log-rows.ts';
import { isOwnType, keyOf, type LogOpened, openedBy, ownTypes } from './own-events.ts';
import type { Projection } from './projection.ts';
import type { Replica } from './replica.ts';
import type { Signer } from './station-key.ts';
import { emptyTables } from './tables.ts';
import type { ChainHead } from './verify-chain.ts';
import { type LogVerification, verifyLog } from './verify-log.ts';

/** The provenance log of one station: the only way in which state changes. */
export interface Log<Draft extends EventDraft = EventDraft> {
  readonly databaseId: string;
  readonly stationId: string;
  readonly publicKeyPem: string;
  /**
   * Records events and brings all projections up to date in ONE transaction: either all of it is on disk when this
   * returns, or nothing of it. Throws what a projection or the payload's parser throws.
   */
  append(drafts: readonly Draft[]): LogEvent[];
  list(filter?: LogFilter): LogEvent[];
  head(): ChainHead;
  /** Signs the head of the chain and keeps it in the database and outside. `reason`: what ended. */
  checkpoint(reason: string): Checkpoint;
  checkpoints(): Checkpoint[];
  /** Signs a text with the station's key (Ed25519, base64); `verifyStatement` reads it. */
  sign(text: string): string;
  verify(): Promise<LogVerification>;
  /** Empties the tables of all projections and applies every event again, in one transaction. */
  rebuild(): { events: number };
  /** Called after the commit, in the order of seq. What a listener throws is logged and stops nobody. */
  onDidAppend(listener: AppendListener): Disposable;
}

export interface LogOptions {
  db: Database;
  projections: readonly Projection[];
  /** Parses a payload by its type; throws on one that does not fit. What it returns is recorded. */
  parsePayload: (type: string, payload: unknown) => unknown;
  linksOf: LinksOf;
  now: () => Date;
  /** A new UUIDv7. */
  newId: () => string;
  signer: Signer;
  stationId: string;
  /** Folders for `checkpoints.jsonl`: the data folder first, then folders on other disks. */
  checkpointFolders: readonly string[];
  /**
   * Opens an empty database with the same tables and their projections; `verify` closes it. Left out: `verify` judges
   * the chain alone, and says so by giving no `tables`.
   */
  openReplica?: (() => Promise<Replica>) | undefined;
  logger: Logger;
}

/**
 * Opens the log of a migrated database. An empty one gets its first event, which binds the chain to a new database id
 * and the station's key. Throws HelicalError WRONG_STATE for the log of another station, LOG_BROKEN where event 1 is
 * not what it must be.
 */
export function createLog<Draft extends EventDraft = EventDraft>(options: LogOptions): Log<Draft> {
  const { db, projections, parsePayload, now, newId, signer, stationId, logger } = options;
  const rows = logRows(db);
  const list = eventList(db);
  const store = checkpointStore({ db, folders: options.checkpointFolders, logger });
  const listeners = appendListeners(logger);
  const derivedTables = derivedTablesOf(projections);

  const derive = derivation(db, options.linksOf, projections);

  const record = (draft: EventDraft, recordedAt: string): LogEvent => {
    const last = rows.last();
    if (last !== undefined && recordedAt < last.recordedAt) {
      logger.warn(
        { recordedAt, lastRecordedAt: last.recordedAt, seq: last.seq + 1 },
        'the clock went backwards',
      );
    }
    const payload = isOwnType(draft.type) ? draft.payload : parsePayload(draft.type, draft.payload);
    const unhashed = {
      seq: (last?.seq ?? 0) + 1,
      eventUuid: newId(),
      recordedAt,
      occurredAt: draft.occurredAt ?? recordedAt,
      type: draft.type,
      actorId: draft.actorId,
      stationId,
      payload: canonicalJson(payload),
      prevHash: last?.hash ?? genesisHash,
    };
    const row = { ...unhashed, hash: eventHash(unhashed) };
    rows.insert(row);
    const event = eventOf(row);
    derive(event);
    return event;
  };

  const append = (drafts: readonly EventDraft[]): LogEvent[] => {
    // Within another transaction the listeners would hear of events that may still be rolled back.
    if (db.inTransaction) throw new Error('append() cannot be called inside a transaction or a projection');
    const recordedAt = now().toISOString();
    const events = db.transaction(() => drafts.map((draft) => record(draft, recordedAt)));
    listeners.tell(events);
    return events;
  };

  const databaseId = bindLog();

  function bindLog(): string {
    const own = (type: string, payload: object): EventDraft => ({ type, payload, actorId: null });
    if (rows.last() === undefined) append([own(ownTypes.opened, openedBy(signer, newId()))]);
    const [first] = rows.ofType(ownTypes.opened);
    if (first?.seq !== 1) throw unboundLog(db.path);
    if (first.stationId !== stationId) throw otherStation(db.path, first.stationId, stationId);
    const named = [first, ...rows.ofType(ownTypes.keyAdded)].map(
      (row) => JSON.parse(row.payload) as LogOpened,
    );
    if (!named.some(({ keyId }) => keyId === signer.keyId)) append([own(ownTypes.keyAdded, keyOf(signer))]);
    return (JSON.parse(first.payload) as LogOpened).databaseId;
  }

  const head = (): ChainHead => {
    const last = rows.last();
    return { seq: last?.seq ?? 0, hash: last?.hash ?? genesisHash };
  };

  return {
    databaseId,
    stationId,
    publicKeyPem: signer.publicKeyPem,
    append(drafts) {
      const own = drafts.find(({ type }) => isOwnType(type));
      if (own !== undefined)
        throw new RangeError(`${own.type}: events named log.* are written by the log alone`);
      return append(drafts);
    },
    list,
    head,
    checkpoint(reason) {
      const signedAt = now().toISOString();
      const checkpoint = signer.sign({
        databaseId,
        stationId,
        ...head(),
        reason,
        signedAt,
        keyId: signer.keyId,
      });
      store.record(checkpoint);
      return checkpoint;
    },
    checkpoints: () => store.all(),
    sign: (text) => signer.signText(text),
    verify: () =>
      verifyLog({
        db,
        store,
        databaseId,
        linksOf: options.linksOf,
        openReplica: options.openReplica,
        logger,
      }),
    rebuild() {
      return db.transaction(() => {
        emptyTables(db, derivedTables);
        let events = 0;
        for (const page of rows.pages(head().seq)) {
          for (const row of page) derive(eventOf(row));
          events += page.length;
        }
        return { events };
      });
    },
    onDidAppend: (listener) => listeners.add(listener),
  };
}

function unboundLog(path: string): HelicalError {
  return new HelicalError('LOG_BROKEN', {
    problem: `The log in ${path} does not begin with the event that binds it to its database.`,
    safe: 'Masters and packages are untouched, and nothing was written.',
    remedy: 'Run `helical log verify`, and put back the database from a backup.',
  });
}

function otherStation(path: string, found: string, expected: string): HelicalError {
  return new HelicalError('WRONG_STATE', {
    problem: `The log in ${path} belongs to station ${found}, not to ${expected}.`,
    safe: 'Nothing was written.',
    remedy: 'Open the data folder with the settings of its own station.',
  });
}
