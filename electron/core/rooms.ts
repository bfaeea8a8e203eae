import { dirname, join } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { PassFile } from '#shared/domain/pass.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import type { QcRoom } from './api/engine.ts';
import type { Capture } from './capture/capture.ts';
import { createCapture } from './capture/create-capture.ts';
import { startFollower } from './capture/follower.ts';
import { type CaptureFolders, derivedFolder, folderOfRole } from './capture/pass-files.ts';
import type { Compare } from './compare/compare.ts';
import { createFrameService } from './compare/frames/frame-service.ts';
import type { PictureFile } from './compare/frames/picture.ts';
import { createCompareRoom } from './compare-room.ts';
import { deviceKeyOf, logReaderOf, openSource } from './devices/registry.ts';
import { createExports, type Exports } from './exports/create-exports.ts';
import { type Ffmpeg, locateFfmpeg } from './ffmpeg/locate.ts';
import { verifyMaster } from './master-verifier.ts';
import type { SampleRequest } from './media/media.ts';
import { createQcRoom } from './qc-room.ts';
import type { RoomOptions, RoomsOptions } from './rooms-options.ts';
import type { StationTest } from './station-test/station-test.ts';
import { createStationTestRoom } from './station-test-room.ts';

/**
 * The rooms that work with ffmpeg. Without ffmpeg the engine runs all the same, so that tapes can be registered and the
 * doctor asked; each of these rooms then says what is missing when it is called.
 */
export async function openRooms(options: RoomsOptions) {
  const { config, stores } = options;
  const folders: CaptureFolders = options.folder;
  const found = await locateFfmpeg({ setting: config.ffmpegSetting }).catch((error: unknown) => {
    if (error instanceof HelicalError) return error;
    throw error;
  });
  if (found instanceof HelicalError) config.logger.warn({ err: found }, 'no ffmpeg');
  const ffmpeg = found instanceof HelicalError ? undefined : found;
  const software = [
    { name: 'Helical', version: config.version },
    ...(ffmpeg ? [{ name: 'ffmpeg', version: ffmpeg.version }] : []),
    { name: 'Node.js', version: process.versions.node },
  ];
  const pathOf = (file: PassFile): string => {
    const pass = stores.passes.brief(file.passId);
    if (!pass) throw new HelicalError('NOT_FOUND', `There is no pass ${file.passId}.`);
    return join(folderOfRole(folders, file.role, pass), file.name);
  };
  const built = ffmpeg && buildRooms({ ...options, pathOf, software }, ffmpeg);
  const frames = ffmpeg && createFrameService({ ffmpeg });
  const orMissing = <Room>(room: Room | undefined): Room => {
    if (room !== undefined) return room;
    throw found;
  };
  return {
    software,
    pathOf,
    derivedFolder: (passId: PassId) => derivedFolder(folders, passId),
    ffmpegPath: () => orMissing(ffmpeg).ffmpegPath,
    picture: async (file: PictureFile, frame: number, signal: AbortSignal) =>
      orMissing(frames).picture(file, frame, signal),
    masterOnTheWay: (passId: PassId) => built?.capture.masterOnTheWay(passId),
    capture: (): Capture => orMissing(built).capture,
    qc: (): QcRoom => orMissing(built).qc,
    compare: (): Compare => orMissing(built).compare,
    exports: (): Exports => orMissing(built).exports,
    stationTest: (): StationTest => orMissing(built).stationTest,
    samples: async (passId: string, request: SampleRequest) => orMissing(built).qc.window(passId, request),
    certificateDocument: async (certificateId: string, language: ReportLanguage) =>
      orMissing(built).compare.certificateDocument(certificateId, language),
    reportDocument: async (passId: string, language: ReportLanguage) =>
      orMissing(built).qc.reportDocument(passId, language),
    /** Takes back recorders that outlived the last engine, and mends what a crash left. */
    recover: async () => built?.capture.recover('engine'),
    [Symbol.asyncDispose]: async () => {
      await frames?.close();
      await built?.capture.close();
    },
  };
}

function buildRooms(options: RoomOptions, ffmpeg: Ffmpeg) {
  const { config, stores, log, pathOf, software, newId, now, profiles, folder, publisher } = options;
  const qc = createQcRoom(options, ffmpeg);
  const exports = createExports({
    settings: profiles.archive,
    stores,
    log,
    pathOf,
    verifyMaster: verifyMaster(ffmpeg),
    deliveriesDir: folder.deliveriesDir,
    software,
    newId,
    now,
    beginWork: (work) => publisher.beginWork(work),
  });
  const capture = createCapture({
    log,
    reads: {
      pass: (passId) => stores.passes.find(passId),
      unfinishedPasses: () => stores.passes.unfinished(),
      nextPassNumber: (tapeId) => stores.passes.nextPassNumber(tapeId),
      tape: (tapeId) => stores.tapes.find(tapeId),
      filesOfPass: (passId) => stores.files.ofPass(passId),
    },
    devices: { openSource, logReaderOf, deviceKeyOf },
    follow: startFollower,
    measure: qc.measurePort,
    profile: (profileId) => requireProfile(profiles.master, profileId),
    certificateInForce: (sourceId, chainName) => stores.certificates.inForce(sourceId, chainName)?.id,
    folders: { ...folder, logDir: dirname(folder.databasePath) },
    ffmpeg,
    openContext: {
      resourcesDir: config.resourcesDir,
      ...(config.playerCommand === undefined ? {} : { playerCommand: config.playerCommand }),
    },
    software,
    logger: config.logger,
    now,
    newId,
  });
  capture.onDidChange((session, isGone) => publisher.sessionChanged(session, isGone));
  const compare = createCompareRoom(options, ffmpeg, (profileId) =>
    requireProfile(profiles.master, profileId),
  );
  return { qc, exports, capture, compare, stationTest: createStationTestRoom(options, capture, ffmpeg) };
}

/** The profile with this id; the first where none is named. */
function requireProfile(profiles: readonly MasterProfile[], profileId: string | undefined): MasterProfile {
  const found = profileId === undefined ? profiles[0] : profiles.find(({ id }) => id === profileId);
  if (found) return found;
  throw new HelicalError('NOT_FOUND', {
    problem: `There is no master profile ${profileId ?? ''}.`,
    remedy: `Choose one of: ${profiles.map(({ id }) => id).join(', ')}.`,
  });
}
