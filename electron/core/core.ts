import { v7 as newId } from 'uuid';
import { linksOf, type NewEvent, parsePayload } from '#shared/domain/events.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { Engine } from './api/engine.ts';
import type { Context } from './api/procedures.ts';
import { createRouter, type HelicalRouter } from './api/router.ts';
import { seatedContext } from './api/seat.ts';
import { type CoreConfig, dataFolder } from './config.ts';
import { openDatabase } from './db/database.ts';
import { openScratchDatabase } from './db/second-database.ts';
import { discoverSources } from './devices/registry.ts';
import { runDoctor } from './doctor.ts';
import { takeLock } from './engine-lock.ts';
import { createLog } from './log/log.ts';
import { signHeads } from './log/sign-heads.ts';
import { openStationKey } from './log/station-key.ts';
import { dumpTables } from './log/tables.ts';
import { createVerifiedHead } from './log/verified-head.ts';
import { createFileLook } from './look-at-file.ts';
import { createMedia, type WhenGone } from './media/media.ts';
import { readProfiles } from './profiles.ts';
import { createPublisher } from './publisher.ts';
import { openRooms } from './rooms.ts';
import { openPerson, openStation, recordOpening } from './station.ts';
import { createBatchRegister } from './stores/batch-register.ts';
import { createDeviceSearch } from './stores/device-search.ts';
import { createEventCount } from './stores/event-count.ts';
import { createEventSubjects } from './stores/event-subjects.ts';
import { createIntentionRegister } from './stores/intention-register.ts';
import { openReview } from './stores/open-review.ts';
import { createPassRegister } from './stores/pass-register.ts';
import type { Person } from './stores/people.ts';
import { createPeopleRegister } from './stores/people-register.ts';
import { createStores } from './stores/stores.ts';
import { createTapeRegister } from './stores/tape-register.ts';
import { readVocabulary } from './vocabulary.ts';

/** A running engine. One per data folder; hosts put a link in front of it. */
export interface Core {
  router: HelicalRouter;
  /** All bytes; the host has checked who asks. */
  fetch(request: Request, whenGone?: WhenGone): Promise<Response>;
  /** What a caller with this role is let in as; the person of the account that runs the engine where no other is named. */
  context(role: Role, personId?: string): Context;
  /** The same for a window of the station itself, where whoever sits says who they are. Kept by the host for as long as the window lives. */
  stationWindow(role: Role): Context;
  /** By id or by name. NOT_FOUND. */
  person(person: string): Person;
  /** Comes back when nothing of this engine runs any more but recorders, which are not ours to end. */
  close(): Promise<void>;
}

/**
 * Brings the rooms together. Takes the data folder, opens the log, takes back what a crash left.
 * @throws HelicalError INVALID_INPUT or DISK_FULL (the folder), ENGINE_RUNNING, SCHEMA_TOO_NEW, LOG_BROKEN, FILE_UNREADABLE.
 */
export async function createCore(config: CoreConfig): Promise<Core> {
  const { dataDir, resourcesDir, logger, host } = config;
  const now = config.now ?? (() => new Date());
  const folder = dataFolder(dataDir);
  await using opened = new AsyncDisposableStack();

  opened.use(await takeLock(folder.lockPath, host));
  const { stationId } = openStation(folder.stationPath, newId);
  const signer = openStationKey(dataDir);
  const db = await openDatabase(folder.databasePath, { logger });
  opened.defer(() => db.close());
  const { stores, projections } = createStores(db);
  const log = createLog<NewEvent>({
    db,
    projections,
    parsePayload,
    linksOf,
    now,
    newId,
    signer,
    stationId,
    checkpointFolders: [dataDir, ...(config.checkpointFolders ?? [])],
    async openReplica() {
      const replica = await openScratchDatabase();
      return { db: replica, projections: createStores(replica).projections };
    },
    logger,
  });
  opened.use(signHeads(log, now));
  const profiles = readProfiles(resourcesDir);
  const person = openPerson(log, stores.people, newId);
  const tapeRegister = createTapeRegister({ log, tapes: stores.tapes, newId });
  const passRegister = createPassRegister({ log, passes: stores.passes });
  const intentionRegister = createIntentionRegister({ log, stores, newId });
  const peopleRegister = createPeopleRegister({ log, people: stores.people, newId });
  const vocabulary = readVocabulary(resourcesDir);
  const look = createFileLook(folder, stores.passes);
  const review = openReview({ db, log, stores, passRegister, terms: vocabulary.terms, look, newId, now });
  // What an engine that was killed had of a sitting, and what this one has when it ends.
  review.sittingRegister.endAll();
  opened.defer(() => review.sittingRegister.endAll());
  const batchRegister = createBatchRegister({ log, batches: stores.batches, tapeRegister, newId });

  const verifiedHead = createVerifiedHead(log, logger, () => publisher.logChanged(verifiedHead.state()));
  const publisher = createPublisher({ log: verifiedHead.state() });
  opened.defer(() => publisher.close());
  opened.use(verifiedHead);

  const { reviewDesk } = review;
  const shared = {
    ...{ config, folder, log, stores, intentionRegister, profiles, publisher, newId, now },
    ...{ reviewDesk, vocabulary },
  };
  const rooms = await openRooms(shared);
  opened.use(rooms);
  recordOpening(log, stores.people, {
    actorId: person.id,
    software: rooms.software,
    always: host !== 'cli',
  });

  const tables = projections.flatMap((projection) => projection.tables);
  const engine: Engine = {
    stationId,
    version: config.version,
    dataDir,
    person,
    profiles: profiles.master,
    log,
    stores,
    tapeRegister,
    passRegister,
    intentionRegister,
    batchRegister,
    peopleRegister,
    ...review,
    vocabulary,
    countEvents: createEventCount(db),
    throughDevice: createDeviceSearch(db),
    eventSubjects: createEventSubjects(db),
    subscribe: (signal) => publisher.subscribe(signal),
    verifyLog: verifiedHead.verify,
    logState: verifiedHead.state,
    rebuild() {
      const before = dumpTables(db, tables);
      const { events } = log.rebuild();
      const after = dumpTables(db, tables);
      return { events, tables, identical: tables.every((table) => isSame(before[table], after[table])) };
    },
    sources: async () => discoverSources({ ffmpegPath: rooms.ffmpegPath(), resourcesDir }),
    capture: rooms.capture,
    qc: rooms.qc,
    compare: rooms.compare,
    exports: rooms.exports,
    stationTest: rooms.stationTest,
    doctor: () => runDoctor({ dataDir, resourcesDir, ffmpegSetting: config.ffmpegSetting }),
    pathOf: rooms.pathOf,
  };

  const closing = new AbortController();
  // A workstation takes back what an earlier engine left, and reads its log; the first screen does not wait for either.
  const background = host === 'cli' ? [] : [rooms.recover(), verifiedHead.verify()];
  for (const work of background) {
    work.catch((err: unknown) => {
      if (!closing.signal.aborted) logger.error({ err }, 'starting work failed');
    });
  }
  opened.defer(async () => {
    closing.abort();
    await Promise.allSettled(background);
  });
  const media = createMedia({
    pathOf: rooms.pathOf,
    derivedFolder: rooms.derivedFolder,
    passes: stores.passes,
    files: stores.files,
    ffmpegPath: rooms.ffmpegPath,
    picture: rooms.picture,
    masterOnTheWay: rooms.masterOnTheWay,
    samples: rooms.samples,
    certificateDocument: rooms.certificateDocument,
    reportDocument: rooms.reportDocument,
    logger,
  });
  const resources = opened.move();
  logger.info({ dataDir, host, stationId, version: config.version }, 'engine started');
  return {
    router: createRouter(engine, logger),
    fetch: media,
    context: (role, personId = person.id) => ({ role, personId: personId as PersonId }),
    stationWindow: (role) => seatedContext({ id: person.id as PersonId, role }),
    person: (name) => peopleRegister.require(name),
    close: async () => {
      await resources.disposeAsync();
      logger.info({ dataDir }, 'engine ended');
    },
  };
}

function isSame(before: readonly string[] = [], after: readonly string[] = []): boolean {
  return before.length === after.length && before.every((row, index) => row === after[index]);
}
