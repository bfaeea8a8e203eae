import { verdictOnCopy } from '#shared/domain/copy-certificate.ts';
import type { JudgedFiles } from '#shared/domain/judged-files.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import type { Stores } from './stores.ts';

/** A file's size and date as the disk has them; undefined where it is not there. */
export type LookAtFile = (file: PassFile) => { sizeBytes: number; modifiedAt: Date } | undefined;

/** Own: a disk elsewhere has a clock of its own. */
const clocksApartMs = 10_000;

/**
 * What is known of a pass's master and access copy without reading either. A master is changed where its size is another one, where it
 * was written to since its bytes were last read and found right, or where they were last found to be others.
 */
export function judgedFilesOf(
  { files, accessCertificates }: Pick<Stores, 'files' | 'accessCertificates'>,
  pass: Pick<Pass, 'id' | 'sealedAt'>,
  look: LookAtFile,
): JudgedFiles {
  const registered = files.ofPass(pass.id);
  const master = registered.find(({ role }) => role === 'master');
  const access = registered.findLast(({ role }) => role === 'access');
  // The newest first.
  const certificates = accessCertificates.ofPass(pass.id);
  const certificate = certificates.find(({ accessSha256 }) => accessSha256 === access?.sha256);
  const copy = certificate ? verdictOnCopy(certificate.lines).verdict : 'not-compared';
  const proved = certificates.find(({ masterSha256 }) => masterSha256 === master?.sha256)?.certifiedAt;
  const provedAt = proved ?? pass.sealedAt;
  return { copy: access ? copy : null, master: master ? masterNow() : null, provedAt };

  function masterNow(): JudgedFiles['master'] {
    const found = master && look(master);
    if (!found) return 'not-there';
    const [last] = certificates;
    const isSize = found.sizeBytes === master.sizeBytes;
    const isRead = last === undefined || last.masterSha256 === master.sha256;
    const isOlder = provedAt !== null && found.modifiedAt.getTime() <= Date.parse(provedAt) + clocksApartMs;
    return isSize && isRead && (isOlder || provedAt === null) ? 'as-sealed' : 'changed';
  }
}
