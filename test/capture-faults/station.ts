import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import type { ArmRequest } from '#core/capture/capture.ts';
import { createCapture } from '#core/capture/create-capture.ts';
import { startFollower } from '#core/capture/follower.ts';
import type { MeasurePort } from '#core/capture/measure-port.ts';
import type { CaptureFolders } from '#core/capture/pass-files.ts';
import type { CaptureLimits, CaptureOptions } from '#core/capture/ports.ts';
import { openDatabase } from '#core/db/database.ts';
import { deviceKeyOf, logReaderOf, openSource } from '#core/devices/registry.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { createLog } from '#core/log/log.ts';
import { openStationKey } from '#core/log/station-key.ts';
import { createQc } from '#core/qc/create-qc.ts';
import { createStores } from '#core/stores/stores.ts';
import { linksOf, type NewEvent, parsePayload } from '#shared/domain/events.ts';
import { passIdSchema, personIdSchema, tapeIdSchema } from '#shared/domain/ids.ts';
import { type MasterProfile, masterProfileSchema, qcProfileSchema } from '#shared/domain/profiles.ts';

export const ffmpeg = await locateFfmpeg();
const resources = new URL('../../resources/', import.meta.url);
const profile = masterProfileSchema.parse(
  JSON.parse(readFileSync(new URL('profiles/master/ffv1-10bit.json', resources), 'utf8')),
);

/** A log for tests that do not read it; failures still show. */
const logger = {
  info() {},
  warn(fields: object, message: string) {
    if (process.env['HELICAL_TEST_LOG']) process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
  },
  error(fields: { err?: unknown }, message: string) {
    process.stderr.write(
      `${message}: ${fields.err instanceof Error ? fields.err.stack : JSON.stringify(fields)}\n`,
    );
  },
};

export interface StationOptions {
  folders?: Partial<CaptureFolders>;
  limits?: Partial<CaptureLimits>;
  onFollower?: (pid: number) => void;
  /** Puts something between the follower and the measuring room. */
  measure?: (port: MeasurePort) => MeasurePort;
  /** Opens other sources than the registry knows. */
  openSource?: typeof openSource;
  /** Puts something between the gauges and what decides which derived work gives way. */
  pressure?: CaptureOptions['pressure'];
  /** Changes the profile that passes are recorded with. */
  master?: Partial<MasterProfile['master']>;
}

/** The real log, stores, devices, follower, seal and measures around the capture room: all but the transports. */
export async function openStation(folder: string, options: StationOptions = {}) {
  mkdirSync(folder, { recursive: true });
  const db = await openDatabase(join(folder, 'helical.db'));
  const { stores, projections } = createStores(db);
  const log = createLog<NewEvent>({
    db,
    projections,
    parsePayload,
    linksOf,
    now: () => new Date(),
    newId: () => v7(),
    signer: openStationKey(folder),
    stationId: '01990000-0000-7000-8000-000000000001',
    checkpointFolders: [folder],
    logger,
  });
  const folders = {
    mastersDir: join(folder, 'masters'),
    derivedDir: join(folder, 'derived'),
    cacheDir: join(folder, 'cache'),
    ...options.folders,
  };
  const qc = createQc({ profiles: await qcProfiles(), ffmpeg });
  const capture = createCapture({
    log,
    reads: {
      pass: (passId) => stores.passes.find(passId),
      unfinishedPasses: () => stores.passes.unfinished(),
      nextPassNumber: (tapeId) => stores.passes.nextPassNumber(tapeId),
      tape: (tapeId) => stores.tapes.find(tapeId),
      filesOfPass: (passId) => stores.files.ofPass(passId),
    },
    devices: { openSource: options.openSource ?? openSource, logReaderOf, deviceKeyOf },
    follow: (request) => {
      const follower = startFollower(request);
      options.onFollower?.(follower.pid);
      return follower;
    },
    measure: options.measure?.(qc) ?? qc,
    ...(options.pressure === undefined ? {} : { pressure: options.pressure }),
    profile: () => ({ ...profile, master: { ...profile.master, ...options.master } }),
    certificateInForce: (sourceId, chainName) => stores.certificates.inForce(sourceId, chainName)?.id,
    folders,
    ffmpeg,
    software: [{ name: 'ffmpeg', version: ffmpeg.version }],
    logger,
    now: () => new Date(),
    newId: () => v7(),
    limits: { restartAfterMs: 200, reserveFloorBytes: 4 << 20, retryWhenFullMs: 500, ...options.limits },
  });
  return {
    capture,
    stores,
    log,
    folders,
    /** A tape with this identifier, registered now if need be, and an operator for it. */
    tape(identifier: string) {
      const operatorId = personIdSchema.parse(v7());
      const known = stores.tapes.find(identifier);
      if (known) return { tapeId: known.id, operatorId };
      const tapeId = tapeIdSchema.parse(v7());
      log.append([
        {
          type: 'tape.registered',
          actorId: operatorId,
          payload: {
            tapeId,
            description: {
              identifier,
              format: 'umatic',
              title: 'A test tape',
              artist: '',
              standard: 'PAL',
              generation: 'unknown',
              condition: 'unknown',
              location: '',
              notes: '',
            },
          },
        },
      ]);
      return { tapeId, operatorId };
    },
    masterOf(passId: string): string {
      const id = passIdSchema.parse(passId);
      const file = stores.files.ofPass(id).find(({ role }) => role === 'master');
      const pass = stores.passes.find(id);
      if (!file || !pass) throw new Error(`pass ${passId} has no master`);
      return join(folders.mastersDir, pass.tapeIdentifier, file.name);
    },
    async close() {
      await capture.close();
      db.close();
    },
  };
}

/** The shipped profiles that tapes are judged by. */
export async function qcProfiles() {
  const folder = new URL('profiles/qc/', resources);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  return texts.map((text) => qcProfileSchema.parse(JSON.parse(text)));
}

export type Station = Awaited<ReturnType<typeof openStation>>;

/** Arms a simulated tape, perhaps with a plan, and records it. */
export async function recordTape(
  station: Station,
  identifier: string,
  recipe: object,
  wishes: Partial<ArmRequest> = {},
) {
  const recipePath = join(station.folders.cacheDir, `${identifier}.json`);
  mkdirSync(station.folders.cacheDir, { recursive: true });
  writeFileSync(recipePath, JSON.stringify(recipe));
  const { tapeId, operatorId } = station.tape(identifier);
  const { passId } = await station.capture.arm({
    tapeId,
    selection: { sourceId: 'simulator', argument: recipePath },
    sourceId: `simulator:${recipePath}`,
    profileId: undefined,
    chainName: 'BVU-950',
    operatorId,
    durationS: undefined,
    ...wishes,
  });
  await station.capture.record(passId, operatorId);
  return { passId, operatorId };
}

/** Waits for a condition; fails with what is asked when it does not come about in time. */
export async function until<T>(what: string, condition: () => T | Promise<T>, withinMs = 60_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`it did not happen in ${withinMs} ms: ${what}`);
    await wait(30);
  }
}

/** Waits until the recorder has taken in so many frames. */
export function untilFrames(station: Station, passId: string, frames: number): Promise<boolean> {
  return until(`${frames} frames`, () =>
    station.capture.sessions().some((session) => session.passId === passId && session.frames >= frames),
  );
}

/** 0, 1, 2 ... */
export function counted(frames: number): number[] {
  return Array.from({ length: frames }, (_, frame) => frame);
}

/** A small disk of its own in memory; undefined where this user may not mount one, which the test then says. */
export async function smallDisk(folder: string, sizeBytes: number) {
  mkdirSync(folder, { recursive: true });
  const end = await runTool('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', folder]);
  if (end.reason !== 'finished') return undefined;
  return {
    async grow(bytes: number) {
      await runTool('mount', ['-o', `remount,size=${bytes}`, folder]);
    },
    async unmount() {
      await runTool('umount', ['-l', folder]);
    },
  };
}

/** A small tape that plays at the true rate: 192x144, so that two busy cores keep up twice. */
export function smallRecipe(changes: object = {}) {
  return {
    name: 'small-pal',
    description: 'A small tape for tests',
    seed: 7,
    standard: 'PAL',
    raster: { width: 192, height: 144 },
    channels: 4,
    queueFrames: 50,
    segments: [{ content: 'scene', seconds: 60 }],
    ...changes,
  };
}
