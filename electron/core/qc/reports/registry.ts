import type { ReportFormat, ReportLanguage } from '#shared/domain/qc-report.ts';
import { csvReport } from './csv.ts';
import { edlReport } from './edl.ts';
import { htmlReport } from './html-report.ts';
import { parquetReport } from './parquet.ts';
import { qctoolsReport } from './qctools-xml.ts';
import type { ReportSource } from './report-source.ts';
import { webvttReport } from './webvtt.ts';

type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Every form that a report is written in. `qctools` is gzip, as QCTools opens it by its name `.qctools.xml.gz`. */
export const reportWriters: Record<
  ReportFormat,
  { gzip: boolean; write(source: ReportSource, language: ReportLanguage): Pieces }
> = {
  qctools: { gzip: true, write: qctoolsReport },
  html: { gzip: false, write: htmlReport },
  csv: { gzip: false, write: csvReport },
  parquet: { gzip: false, write: parquetReport },
  arrow: {
    gzip: false,
    // All of Arrow is loaded for who writes such a file: every engine and every command would wait for it.
    async *write(source) {
      const { arrowReport } = await import('./arrow-file.ts');
      yield* arrowReport(source);
    },
  },
  vtt: { gzip: false, write: webvttReport },
  edl: { gzip: false, write: edlReport },
};
