import type { ReportFormat, ReportLanguage, WrittenReport } from '#shared/domain/qc-report.ts';
import { longFrom } from '../long-tape.ts';
import { readSampleStore } from '../sample-reader.ts';
import { workApart } from '../work-apart.ts';
import { reportWriters } from './registry.ts';
import type { ReportReview } from './report-review.ts';
import { type ReportSource, reportMeasures } from './report-source.ts';
import { writeReport } from './write-report.ts';

export interface ReportRequest {
  format: ReportFormat;
  language: ReportLanguage;
  /** Absolute path of a file that is not there yet. */
  to: string;
}

/** What a writing thread begins with: all of a report but its numbers, in a form that goes from thread to thread. */
export interface WritingOrder {
  samplesPath: string;
  request: ReportRequest;
  source: Omit<ReportSource, 'series' | 'measures' | 'review'>;
  review: (Omit<ReportReview, 'nameOf'> & { names: ReadonlyMap<string, string> }) | undefined;
}

const identifier = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;

/** A review without its function: the names of all who occur in it and in the findings. */
export function portableReview(
  review: ReportReview | undefined,
  { events }: ReportSource['result'],
): WritingOrder['review'] {
  if (!review) return undefined;
  const { nameOf, ...plain } = review;
  const ids = JSON.stringify([plain.pass.operatorId, plain.said, events]).matchAll(identifier);
  return { ...plain, names: new Map(Array.from(ids, ([id]) => [id, nameOf(id)])) };
}

/** Writes the report where it is called. Throws what `writeReport` throws, and FILE_UNREADABLE. */
export function writeHere({ samplesPath, request, source, review }: WritingOrder): Promise<WrittenReport> {
  const series = readSampleStore(samplesPath);
  const { names, ...said } = review ?? {};
  const writer = reportWriters[request.format];
  const whole: ReportSource = {
    ...source,
    series,
    measures: reportMeasures(series.measures, series.channels),
    review: names && ({ ...said, nameOf: (id) => names.get(id) ?? id } as ReportReview),
  };
  return writeReport(request.to, writer.write(whole, request.language), writer);
}

/**
 * Writes the report of a sample store. That of a long tape is written in a thread: every column of ten hours is read, in which time
 * the engine has recordings to look after.
 */
export async function writeSamples(order: WritingOrder, threadFrom = longFrom): Promise<WrittenReport> {
  if (readSampleStore(order.samplesPath).frames < threadFrom) return writeHere(order);
  return workApart<WrittenReport>('writing-thread', order);
}
