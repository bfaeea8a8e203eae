import { HelicalError } from '#shared/domain/errors.ts';
import type { Capture } from './capture/capture.ts';
import { measureWriteSpeed } from './disk-speed.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import type { RoomOptions } from './rooms-options.ts';
import { createStationTest, type StationTest } from './station-test/station-test.ts';
import { createTapeRegister } from './stores/tape-register.ts';

/** The self-test of the station, with the engine's capture, stores and log. */
export function createStationTestRoom(options: RoomOptions, capture: Capture, ffmpeg: Ffmpeg): StationTest {
  const { log, stores, profiles, publisher, folder, pathOf, newId, now } = options;
  const tapeRegister = createTapeRegister({ log, tapes: stores.tapes, newId });
  return createStationTest({
    capture,
    log,
    certificates: () => stores.certificates.list(),
    certificateInForce: (sourceId, chainName) => stores.certificates.inForce(sourceId, chainName)?.id,
    findTape: (identifier) => stores.tapes.find(identifier),
    registerTape: tapeRegister.register,
    filesOfPass: (passId) => stores.files.ofPass(passId),
    pathOf,
    profile(profileId) {
      const found = profiles.master.find(({ id }) => id === profileId);
      if (!found) throw new HelicalError('NOT_FOUND', `There is no master profile ${profileId}.`);
      return found;
    },
    writeSpeed: () => measureWriteSpeed(folder.mastersDir),
    beginWork: (work) => publisher.beginWork(work),
    ffmpeg,
    now,
    newId,
  });
}
