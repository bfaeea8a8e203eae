import { basename } from 'node:path';
import { digestFile } from '#core/essence/digests.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import {
  type CopyCertificate,
  type CopyComparison,
  copyCertificateSchema,
} from '#shared/domain/copy-certificate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { requirePass } from './align-passes.ts';
import type { ComparePorts } from './compare-ports.ts';
import { accessRequest } from './copy/access-request.ts';
import { certificatePage, type PageSubject } from './copy/certificate-page.ts';
import { type CopyRequest, compareCopy } from './copy/compare-copy.ts';
import { digestLine } from './copy/digest-line.ts';
import { worstStills } from './copy/worst-stills.ts';
import { type WrittenCertificate, writeCertificate } from './copy/write-certificate.ts';

/**
 * Holds a pass's access copy against its master and keeps what was found in the log, bound to both files by their digests.
 * @throws HelicalError NOT_FOUND (pass); WRONG_STATE where master or access copy are not there; FILE_UNREADABLE, also where the copy
 * is not the one that was registered.
 */
export async function certifyAccess(
  ports: ComparePorts,
  passId: string,
  actorId: string,
): Promise<CopyCertificate> {
  const { pass, master, access, request } = await accessOf(ports, passId);
  await refuseChanged(access);
  const { comparison, sha256 } = await ports.showing(access.file, (onProgress) =>
    compareAndDigest({ ...request, onProgress }),
  );
  const line = digestLine(master.file.sha256, sha256);
  const certificate = copyCertificateSchema.parse({
    ...comparison,
    ok: comparison.ok && line.state === 'ok',
    lines: [line, ...comparison.lines],
    id: ports.newId(),
    passId: pass.id,
    certifiedAt: ports.now().toISOString(),
    masterFileId: master.file.id,
    masterSha256: sha256,
    accessFileId: access.file.id,
    accessSha256: access.file.sha256,
    software: ports.software,
  });
  ports.record({
    type: 'access.certified',
    payload: { passId: pass.id, tapeId: pass.tapeId, certificate },
    actorId,
  });
  return certificate;
}

/** Both at once, so that the disk is read once; where one of them fails, the other need not go on. */
async function compareAndDigest(
  request: CopyRequest,
): Promise<{ comparison: CopyComparison; sha256: string }> {
  const ending = new AbortController();
  const { signal } = ending;
  try {
    const [comparison, { sha256 }] = await Promise.all([
      compareCopy({ ...request, signal }),
      digestFile(request.pathA, { algorithms: ['sha256'], signal }),
    ]);
    return { comparison, sha256 };
  } finally {
    ending.abort();
  }
}

/** The certificate names the copy by its digest, so that it has to be that of the bytes that are looked at. */
async function refuseChanged({ file, path }: { file: PassFile; path: string }): Promise<void> {
  const { sha256 } = await digestFile(path, { algorithms: ['sha256'] });
  if (sha256 === file.sha256) return;
  throw new HelicalError('FILE_UNREADABLE', {
    problem: `${file.name} is not the file that was registered: its SHA-256 is another one.`,
    safe: 'Nothing was certified, and the file was left as it is.',
    remedy: 'Bring back the copy that was registered, or look at both with: helical compare MASTER COPY.',
  });
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
  refuseOthers(latest, master.file, access.file);
  return writeCertificate(
    to,
    subjectOf(ports, pass, latest, master.path, access.path),
    latest,
    request,
    language,
  );
}

/**
 * Makes a certificate that is in the log into one page that stands alone: the stills of its worst frames are made now, and are in it.
 * @throws HelicalError NOT_FOUND; WRONG_STATE where the files that were certified are not there; FILE_UNREADABLE.
 */
export async function certificateDocument(
  ports: ComparePorts,
  certificateId: string,
  language: ReportLanguage,
): Promise<{ fileName: string; html: string }> {
  const certificate = ports.certificate(certificateId);
  if (!certificate) throw new HelicalError('NOT_FOUND', `There is no certificate ${certificateId}.`);
  const { pass, master, access, request } = await accessOf(ports, certificate.passId);
  refuseOthers(certificate, master.file, access.file);
  const inPage = (png: Buffer) => `data:image/png;base64,${png.toString('base64')}`;
  const stills = (await worstStills(request, certificate.worst)).map(({ worst, expected, copy }) => ({
    ...{ worst, expected: inPage(expected), copy: inPage(copy) },
  }));
  const subject = subjectOf(ports, pass, certificate, master.path, access.path);
  return {
    fileName: `${pass.tapeIdentifier}_p${pass.passNumber}_certificate.html`,
    html: certificatePage(subject, certificate, stills, language),
  };
}

/** Stills are made of the files that are there now: they have to be those that were certified. */
function refuseOthers(certificate: CopyCertificate, master: PassFile, access: PassFile): void {
  if (master.id === certificate.masterFileId && access.id === certificate.accessFileId) return;
  throw new HelicalError('WRONG_STATE', {
    problem: 'The access copy of this pass was made anew since this certificate.',
    safe: 'The certificate is kept in the log.',
    remedy: 'Certify the new copy.',
  });
}

function subjectOf(
  ports: ComparePorts,
  pass: Pass,
  certificate: CopyCertificate,
  masterPath: string,
  accessPath: string,
): PageSubject {
  return {
    ...{ tape: pass.tapeIdentifier, ...ports.work(pass.tapeId), passNumber: pass.passNumber },
    ...ports.origin(certificate),
    ...{ nameA: basename(masterPath), nameB: basename(accessPath), certifiedAt: certificate.certifiedAt },
    ...{ sha256A: certificate.masterSha256, sha256B: certificate.accessSha256 },
  };
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
