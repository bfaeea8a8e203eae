import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import type { ReportFormat, ReportLanguage, WrittenReport } from '#shared/domain/qc-report.ts';
import type { Stores } from './stores/stores.ts';

/**
 * The report of a pass as one page for a download. A report is written into a file, wherever it goes afterwards.
 * @throws HelicalError NOT_FOUND (pass), WRONG_STATE where the pass was not measured: that would keep a browser waiting for hours.
 */
export async function reportDocument(
  stores: Pick<Stores, 'passes' | 'qc'>,
  write: (request: { format: ReportFormat; language: ReportLanguage; to: string }) => Promise<WrittenReport>,
  passId: string,
  language: ReportLanguage,
): Promise<{ fileName: string; html: string }> {
  const pass = stores.passes.find(passId);
  if (!pass) throw new HelicalError('NOT_FOUND', 'There is no such pass.');
  if (!stores.qc.latest(passId)) {
    throw new HelicalError('WRONG_STATE', {
      problem: `Pass ${pass.passNumber} of ${pass.tapeIdentifier} was not measured yet.`,
      safe: 'Nothing was written.',
      remedy: 'Measure it first, then export its report.',
    });
  }
  await using folder = await mkdtempDisposable(join(tmpdir(), 'helical-report-'));
  const { path } = await write({ format: 'html', language, to: join(folder.path, 'report.html') });
  return {
    fileName: `${pass.tapeIdentifier}_p${pass.passNumber}_report.html`,
    html: await readFile(path, 'utf8'),
  };
}
