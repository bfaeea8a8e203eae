import { basename } from 'node:path';
import { probe } from '#core/ffmpeg/probe.ts';
import { judgeFile, withFile } from '#core/qc/file/judge-file.ts';
import type { QcProfile } from '#shared/domain/profiles.ts';
import type { QcEvent } from '#shared/domain/qc.ts';
import type { WrittenReport } from '#shared/domain/qc-report.ts';
import { type JudgedTape, type MarkEvents, toResult } from '../judge.ts';
import { judgeStore } from '../judge-store.ts';
import { type FfmpegPaths, type MeasureFileOptions, measureSeries } from '../measure-file.ts';
import { readSampleStore } from '../sample-reader.ts';
import type { TimeGap } from '../series.ts';
import { looksLikeReport } from './foreign-report.ts';
import { reportForeign } from './foreign-tape.ts';
import type { ReportReview } from './report-review.ts';
import type { ReportSource } from './report-source.ts';
import { requireFree } from './write-report.ts';
import { portableReview, type ReportRequest, writeSamples } from './write-samples.ts';

/**
 * Measures a file, or takes what a QCTools report says, and writes it in another form. Nothing is measured where the place is
 * taken. HelicalError FILE_EXISTS, FILE_UNREADABLE, INVALID_INPUT, DISK_FULL.
 */
export async function reportFile(
  path: string,
  profile: QcProfile,
  ffmpeg: FfmpegPaths,
  request: ReportRequest,
  { review, ...options }: MeasureFileOptions & { review?: ReportReview } = {},
): Promise<WrittenReport> {
  await requireFree(request.to);
  if (await looksLikeReport(path)) return reportForeign(path, profile, request);
  return measureSeries(path, profile, ffmpeg, options, async ({ samplesPath, ...measured }) => {
    // Tables of figures have no place for what is said of the file.
    const file = tellsEvents(request)
      ? await judgeFile(path, ffmpeg, options.signal ? { signal: options.signal } : {})
      : undefined;
    const result = file ? withFile(measured.result, file, options.mark) : measured.result;
    const source = {
      fileName: basename(path),
      media: { path, ffmpegPath: ffmpeg.ffmpegPath },
      picture: await pictureOf(path, ffmpeg),
      measuredArea: 'active',
      result,
      profile,
      madeAt: new Date(),
    } as const;
    return writeSamples({ samplesPath, request, source, review: portableReview(review, result) });
  });
}

/** The same from a sample store, without a decode but for stills; `mediaPath` is left out where the master is elsewhere. */
export async function reportSamples(
  {
    samplesPath,
    fileName,
    mediaPath,
    fileFindings = [],
    timeGaps,
    mark,
    review,
  }: {
    samplesPath: string;
    fileName: string;
    mediaPath: string | undefined;
    /** What was found of the master as a file, when it was measured. */
    fileFindings?: readonly QcEvent[];
    /** As in a series. */
    timeGaps?: readonly TimeGap[];
    mark?: MarkEvents;
    review?: ReportReview;
  },
  profile: QcProfile,
  ffmpeg: FfmpegPaths,
  request: ReportRequest,
): Promise<WrittenReport> {
  await requireFree(request.to);
  const series = readSampleStore(samplesPath);
  const judged = await judgeStore({ samplesPath, profile, judgedChannels: undefined, timeGaps });
  const result = toResult(fileName, series, withEvents(judged, fileFindings), mark);
  const source = {
    fileName,
    media: mediaPath === undefined ? undefined : { path: mediaPath, ffmpegPath: ffmpeg.ffmpegPath },
    picture: mediaPath === undefined ? undefined : await pictureOf(mediaPath, ffmpeg),
    measuredArea: 'active',
    result,
    profile,
    madeAt: new Date(),
  } as const;
  return writeSamples({ samplesPath, request, source, review: portableReview(review, result) });
}

/** Forms that tell what was found, and not only what was measured. */
function tellsEvents({ format }: ReportRequest): boolean {
  return format === 'html' || format === 'vtt' || format === 'edl';
}

function withEvents(judged: JudgedTape, others: readonly QcEvent[]): JudgedTape {
  const checks = [...new Set([...judged.checks, ...others.map(({ check }) => check)])];
  return { ...judged, checks, events: [...judged.events, ...others] };
}

async function pictureOf(path: string, { ffprobePath }: FfmpegPaths): Promise<ReportSource['picture']> {
  const [video] = (await probe(ffprobePath, path)).video;
  return video && { width: video.width, height: video.height, pixelFormat: video.pixelFormat };
}
