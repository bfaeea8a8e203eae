import { basename } from 'node:path';
import { probe } from '#core/ffmpeg/probe.ts';
import { type CopyCertificate, copyCertificateSchema } from '#shared/domain/copy-certificate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { requirePass } from './align-passes.ts';
import type { ComparePorts } from './compare-ports.ts';
import { accessRequest } from './copy/access-request.ts';
import { compareCopy } from './copy/compare-copy.ts';
import { type WrittenCertificate, writeCertificate } from './copy/write-certificate.ts';

/**
 * Holds a pass's access copy against its master and keeps what was found in the log, bound to both files by their digests.
 * @throws HelicalError NOT_FOUND (pass); WRONG_STATE where master or access copy are not there; FILE_UNREADABLE.
 */
export async function certifyAccess(
  ports: ComparePorts,
  passId: string,
  actorId: string,
): Promise<CopyCertificate> {
  const { pass, master, access, request } = await accessOf(ports, passId);
  const comparison = await ports.showing(access.file, (onProgress) =>
    compareCopy({ ...request, onProgress }),
  );
  const certificate = copyCertificateSchema.parse({
    ...comparison,
    id: ports.newId(),
    passId: pass.id,
    certifiedAt: ports.now().toISOString(),
    masterFileId: master.file.id,
    masterSha256: master.file.sha256,
    accessFileId: access.file.id,
    accessSha256: access.file.sha256,
  });
  ports.record({
    type: 'access.certified',
    payload: { passId: pass.id, tapeId: pass.tapeId, certificate },
    actorId,
  });
  return certificate;
}

/**
 * Writes what was certified of a pass last, with stills of its worst frames, into a new folder. @throws HelicalError NOT_FOUND where
 * nothing was certified; as `certifyAccess` and `writeCertificate`.
 */
export async function exportCertificate(
  ports: ComparePorts,
  passId: string,
  to: string,
  language: ReportLanguage,
): Promise<WrittenCertificate> {
  const { pass, master, access, request } = await accessOf(ports, passId);
  const [latest] = ports.certificates(pass.id);
  if (!latest) {
    throw new HelicalError('NOT_FOUND', {
      problem: `The access copy of pass ${pass.passNumber} of ${pass.tapeIdentifier} was not certified yet.`,
      remedy: `Do it first: helical compare ${pass.id}`,
    });
  }
  const subject = {
    ...{ nameA: basename(master.path), nameB: basename(access.path), certifiedAt: latest.certifiedAt },
    ...{ sha256A: latest.masterSha256, sha256B: latest.accessSha256 },
  };
  return writeCertificate(to, subject, latest, request, language);
}

/** A pass with its two files, and how they are held against each other. */
async function accessOf(ports: ComparePorts, passId: string) {
  const pass = requirePass(ports, passId);
  const [master, access] = [requireFile(ports, pass, 'master'), requireFile(ports, pass, 'access')];
  const { ffmpegPath, ffprobePath } = ports;
  const described = await probe(ffprobePath, master.path);
  const isEncoded = described.video[0]?.codec === 'ffv1';
  const request = await accessRequest({
    ...{ ffmpegPath, ffprobePath, masterPath: master.path, accessPath: access.path },
    source: {
      video: pass.video,
      profile: ports.profile(pass.profileId),
      essence: isEncoded ? 'encode' : 'copy',
    },
    frames: pass.frames,
    audioChannels: described.audio.reduce((sum, track) => sum + track.channels, 0),
  });
  return { pass, master, access, request };
}

function requireFile(
  ports: ComparePorts,
  pass: Pass,
  role: 'master' | 'access',
): { file: PassFile; path: string } {
  const file = ports.file(pass.id, role);
  const path = file && ports.pathOf(file);
  if (file && path !== undefined) return { file, path };
  const what = role === 'master' ? 'master' : 'access copy';
  throw new HelicalError('WRONG_STATE', {
    problem: file
      ? `The ${what} of pass ${pass.passNumber} of ${pass.tapeIdentifier} is not on this computer.`
      : `Pass ${pass.passNumber} of ${pass.tapeIdentifier} has no ${what}.`,
    safe: 'Nothing was written.',
    remedy: file
      ? 'Bring its disk back, and try again.'
      : role === 'access'
        ? 'It gave way while the machine was too busy, or the pass is not sealed yet: see the alarms of the pass.'
        : 'Compare passes that were recorded to their end.',
  });
}
