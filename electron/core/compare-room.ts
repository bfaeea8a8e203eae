import { existsSync } from 'node:fs';
import type { CopyCertificate } from '#shared/domain/copy-certificate.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import { type Compare, createCompare } from './compare/compare.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import type { RoomOptions } from './rooms-options.ts';
import { judgedEvents } from './stores/review-register.ts';

/** The compare room, for passes: finds their files and what was found on them, and records what it certifies. */
export function createCompareRoom(
  options: RoomOptions,
  ffmpeg: Ffmpeg,
  profile: (profileId: string) => MasterProfile,
): Compare {
  const { stores, pathOf, log, publisher, software, newId, now } = options;
  return createCompare({
    ffmpegPath: ffmpeg.ffmpegPath,
    ffprobePath: ffmpeg.ffprobePath,
    pass: (passId) => stores.passes.find(passId),
    profile,
    file: (passId, role) => stores.files.ofPass(passId).findLast((file) => file.role === role),
    pathOf(file) {
      const path = pathOf(file);
      return existsSync(path) ? path : undefined;
    },
    events(passId) {
      const [pass, run] = [stores.passes.find(passId), stores.qc.latest(passId)];
      return pass && run && judgedEvents(stores, pass, run.events);
    },
    certificates: (passId) => stores.accessCertificates.ofPass(passId),
    certificate: (certificateId) => stores.accessCertificates.find(certificateId),
    origin({ passId, id }) {
      const events = log.list({ passId, type: 'access.certified' });
      const found = events.find(({ payload }) => (payload as Certified).certificate.id === id);
      if (!found) return undefined;
      const certifiedBy = found.actorId === null ? '' : (stores.people.find(found.actorId)?.name ?? '');
      return { certifiedBy, eventId: found.eventUuid, seq: found.seq };
    },
    work(tapeId) {
      const { title = '', artist = '' } = stores.tapes.find(tapeId) ?? {};
      return { title, artist };
    },
    software,
    record: (event) => void log.append([event]),
    async showing(file, run) {
      const total = stores.passes.find(file.passId)?.frames ?? 0;
      const work = publisher.beginWork({
        id: newId(),
        kind: 'verify',
        label: file.name,
        total,
        unit: 'frames',
      });
      try {
        // Interlaced frames became two pictures each.
        return await run((pairs) => work.progress(Math.min(total, pairs >> 1)));
      } finally {
        work.end();
      }
    },
    newId,
    now,
  });
}

interface Certified {
  certificate: CopyCertificate;
}
