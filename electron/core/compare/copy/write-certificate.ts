import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CopyComparison } from '#shared/domain/copy-certificate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { certificatePage, type PageSubject } from './certificate-page.ts';
import type { CopyRequest } from './compare-copy.ts';
import { writeWorstStills } from './worst-stills.ts';

export interface WrittenCertificate {
  /** Absolute, the page first. */
  paths: string[];
}

/**
 * Writes what was found into a new or empty folder: a page for people, the same as JSON for other tools, and the worst frames as
 * pairs of stills. @throws HelicalError FILE_EXISTS, INVALID_INPUT (a place that cannot be written), FILE_UNREADABLE.
 */
export async function writeCertificate(
  folder: string,
  subject: PageSubject,
  comparison: CopyComparison,
  request: CopyRequest,
  language: ReportLanguage,
): Promise<WrittenCertificate> {
  await openEmptyFolder(folder);
  const stills = await writeWorstStills(request, comparison.worst, folder);
  const json = { ...subject, ...comparison };
  const page = join(folder, 'certificate.html');
  const data = join(folder, 'certificate.json');
  await writeFile(page, certificatePage(subject, comparison, stills, language), { flag: 'wx' });
  await writeFile(data, `${JSON.stringify(json, null, 2)}\n`, { flag: 'wx' });
  const pictures = stills.flatMap(({ expected, copy }) => [expected, copy]);
  return { paths: [page, data, ...pictures.map((name) => join(folder, name))] };
}

/** Makes a folder; one that holds something is left alone. @throws HelicalError FILE_EXISTS, INVALID_INPUT. */
export async function openEmptyFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length === 0) return;
  } catch (cause) {
    throw new HelicalError(
      'INVALID_INPUT',
      { problem: `${folder} cannot be made or read.`, remedy: 'Name a folder that can be written.' },
      { cause },
    );
  }
  throw new HelicalError('FILE_EXISTS', {
    problem: `${folder} is not empty.`,
    safe: 'Nothing was written over.',
    remedy: 'Name a new folder.',
  });
}
