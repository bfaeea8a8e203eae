import { type CopyComparison, placeOfWorst, verdictOnCopy } from '#shared/domain/copy-certificate.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { certificatePage, type PageSubject } from './certificate-page.ts';
import type { CopyRequest } from './compare-copy.ts';
import { writeWhole } from './whole-folder.ts';
import { worstStills } from './worst-stills.ts';

export interface WrittenCertificate {
  /** Absolute, the page first. */
  paths: string[];
}

/**
 * Writes what was found into a new or empty folder: a page for people, the same as JSON for other tools, and the worst frames as
 * pairs of stills. All of it, or nothing. @throws HelicalError FILE_EXISTS, INVALID_INPUT (a place that cannot be written),
 * DISK_FULL, FILE_UNREADABLE.
 */
export async function writeCertificate(
  folder: string,
  subject: PageSubject,
  comparison: CopyComparison,
  request: CopyRequest,
  language: ReportLanguage,
): Promise<WrittenCertificate> {
  const stills = await worstStills(request, comparison.worst);
  const named = stills.map(({ worst, expected, copy }) => ({
    worst,
    expected: { name: `frame-${worst.frame}-expected.png`, png: expected },
    copy: { name: `frame-${worst.frame}-copy.png`, png: copy },
  }));
  const shown = named.map(({ worst, expected, copy }) => ({
    worst,
    expected: expected.name,
    copy: copy.name,
  }));
  const paths = await writeWhole(folder, [
    { name: 'certificate.html', data: certificatePage(subject, comparison, shown, language) },
    {
      name: 'certificate.json',
      data: `${JSON.stringify({ ...subject, ...tellingAll(comparison) }, null, 2)}\n`,
    },
    ...named.flatMap(({ expected, copy }) => [expected, copy]).map(({ name, png }) => ({ name, data: png })),
  ]);
  return { paths };
}

/** With what can be worked out of it, for tools that shall not have to. */
export function tellingAll<Comparison extends CopyComparison>(comparison: Comparison) {
  const worst = comparison.worst.map((one) => ({ ...one, ...placeOfWorst(one, comparison) }));
  return { ...comparison, ...verdictOnCopy(comparison.lines), worst };
}
