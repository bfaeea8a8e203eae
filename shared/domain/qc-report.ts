import { z } from 'zod';

/** Forms of a report for other tools and for people. */
export const reportFormats = ['qctools', 'html', 'csv', 'parquet', 'arrow', 'vtt', 'edl'] as const;
export type ReportFormat = (typeof reportFormats)[number];
export const reportFormatSchema = z.enum(reportFormats);

/** Languages that a report is worded in. */
export const reportLanguages = ['en', 'nl', 'fr'] as const;
export type ReportLanguage = (typeof reportLanguages)[number];
export const reportLanguageSchema = z.enum(reportLanguages);

/** A report that was written. `path` is absolute. */
export const writtenReportSchema = z.object({
  path: z.string(),
  bytes: z.int().nonnegative(),
  /** Only where it was made from a report that is cut: how many frames that held. */
  cutAtFrame: z.int().nonnegative().optional(),
});
export type WrittenReport = z.infer<typeof writtenReportSchema>;
