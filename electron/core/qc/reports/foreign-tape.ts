import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import type { QcProfile } from '#shared/domain/profiles.ts';
import type { QcResult } from '#shared/domain/qc.ts';
import type { WrittenReport } from '#shared/domain/qc-report.ts';
import { judgeTape, toResult } from '../judge.ts';
import { workApart } from '../work-apart.ts';
import { readForeignReport } from './foreign-report.ts';
import { qctoolsSeries } from './qctools-series.ts';
import { reportWriters } from './registry.ts';
import type { ReportSource } from './report-source.ts';
import { writeReport } from './write-report.ts';
import type { ReportRequest } from './write-samples.ts';

/** What is done with a QCTools report: it is judged, and perhaps written in another form. */
export interface ForeignOrder {
  /** Of the report. */
  path: string;
  profile: QcProfile;
  request: ReportRequest | undefined;
}

interface ForeignTape {
  result: QcResult;
  /** False: the report is cut, and holds no more frames than the result says. */
  isWhole: boolean;
  /** Undefined where none was asked for. */
  written: WrittenReport | undefined;
}

/** Bytes of a report from which on it is taken up in a thread: some minutes of tape. Less takes less time than a thread takes to start. */
const threadFromBytes = 4 << 20;

/** What our checks say of a QCTools report, without a decode. HelicalError FILE_UNREADABLE, also for one that is cut. */
export async function judgeForeign(
  path: string,
  profile: QcProfile,
  fromBytes = threadFromBytes,
): Promise<QcResult> {
  const { result, isWhole } = await takeForeign({ path, profile, request: undefined }, fromBytes);
  if (isWhole) return { ...result, file: path };
  throw new HelicalError('FILE_UNREADABLE', {
    problem: `${path} is cut: it ends after ${result.frames} frames.`,
    safe: 'The file was not changed.',
    remedy: 'Make the report again with QCTools, or write what is left with: helical qc report.',
  });
}

/** Writes a QCTools report in another form, with what our checks say of it. One that is cut as far as it goes. Throws as `writeReport`, and FILE_UNREADABLE. */
export async function reportForeign(
  path: string,
  profile: QcProfile,
  request: ReportRequest,
  fromBytes = threadFromBytes,
): Promise<WrittenReport> {
  const { result, isWhole, written } = await takeForeign({ path, profile, request }, fromBytes);
  if (!written) throw new Error('a report was asked for, and none was written');
  return isWhole ? written : { ...written, cutAtFrame: result.frames };
}

/** A long one in a thread: reading and judging ten hours takes a minute, in which the engine has recordings to look after. */
async function takeForeign(order: ForeignOrder, fromBytes: number): Promise<ForeignTape> {
  const { size } = await stat(order.path);
  return size < fromBytes ? takeForeignHere(order) : workApart<ForeignTape>('writing-thread', order);
}

/** Where it is called. */
export async function takeForeignHere({ path, profile, request }: ForeignOrder): Promise<ForeignTape> {
  const report = await readForeignReport(path);
  if (report.tool !== 'qctools') {
    throw new HelicalError('INVALID_INPUT', {
      problem: `${path} is a report of ${report.tool}: it holds no measurement of each frame.`,
      safe: 'Nothing was written.',
      remedy: 'Look into it with: helical qc read.',
    });
  }
  const { series, measures, picture } = qctoolsSeries(report.qctools, path);
  const fileName = basename(report.qctools.mediaName ?? path);
  const result = toResult(fileName, series, judgeTape(series, profile));
  if (!request) return { result, isWhole: report.isWhole, written: undefined };
  const known = { fileName, media: undefined, picture, measuredArea: undefined };
  const source: ReportSource = {
    ...{ ...known, series, measures, result, profile, madeAt: new Date(), review: undefined },
  };
  const writer = reportWriters[request.format];
  const written = await writeReport(request.to, writer.write(source, request.language), writer);
  return { result, isWhole: report.isWhole, written };
}
