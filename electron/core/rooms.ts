import { join } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { PassFile } from '#shared/domain/pass.ts';
import type { QcRoom } from './api/engine.ts';
import type { Capture } from './capture/capture.ts';
import { type CaptureFolders, derivedFolder, folderOfRole } from './capture/pass-files.ts';
import { createExports, type Exports } from './exports/create-exports.ts';
import { type Ffmpeg, locateFfmpeg } from './ffmpeg/locate.ts';
import { verifyMaster } from './master-verifier.ts';
import type { SampleRequest } from './media/media.ts';
import { createQcRoom } from './qc-room.ts';
import type { RoomOptions, RoomsOptions } from './rooms-options.ts';

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
    const pass = stores.passes.find(file.passId);
    if (!pass) throw new HelicalError('NOT_FOUND', `There is no pass ${file.passId}.`);
    return join(folderOfRole(folders, file.role, pass), file.name);
  };
  const built = ffmpeg && buildRooms({ ...options, pathOf, software }, ffmpeg);
  const orMissing = <Room>(room: Room | undefined): Room => {
    if (room !== undefined) return room;
    throw found;
  };
  return {
    software,
    pathOf,
    derivedFolder: (passId: PassId) => derivedFolder(folders, passId),
    ffmpegPath: () => orMissing(ffmpeg).ffmpegPath,
    capture: (): Capture => orMissing(built).capture(),
    qc: (): QcRoom => orMissing(built).qc,
    exports: (): Exports => orMissing(built).exports,
    samples: async (passId: string, request: SampleRequest) => orMissing(built).qc.window(passId, request),
    /** Takes back recorders that outlived the last engine, and mends what a crash left. */
    recover: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
}

function buildRooms(options: RoomOptions, ffmpeg: Ffmpeg) {
  const { stores, log, pathOf, software, newId, now, profiles, folder, publisher } = options;
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
  const capture = (): never => {
    throw new HelicalError('WRONG_STATE', 'This build of Helical cannot capture yet.');
  };
  return { qc, exports, capture };
}
