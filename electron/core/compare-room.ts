import { existsSync } from 'node:fs';
import { type Compare, createCompare } from './compare/compare.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import type { RoomOptions } from './rooms-options.ts';
import { eventsWithIntent } from './stores/intention-register.ts';

/** The compare room, for passes: finds their files and what was found on them. */
export function createCompareRoom({ stores, pathOf }: RoomOptions, ffmpeg: Ffmpeg): Compare {
  return createCompare({
    ffmpegPath: ffmpeg.ffmpegPath,
    ffprobePath: ffmpeg.ffprobePath,
    pass: (passId) => stores.passes.find(passId),
    file: (passId, role) => stores.files.ofPass(passId).findLast((file) => file.role === role),
    pathOf(file) {
      const path = pathOf(file);
      return existsSync(path) ? path : undefined;
    },
    events(passId) {
      const [pass, run] = [stores.passes.find(passId), stores.qc.latest(passId)];
      return pass && run && eventsWithIntent(stores, pass, run.events);
    },
  });
}
