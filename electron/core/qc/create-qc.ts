import { requireFile } from '#core/ffmpeg/unreadable.ts';
import type { DrawnSamples } from '#shared/domain/drawn-samples.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { QcProfile } from '#shared/domain/profiles.ts';
import type { QcResult } from '#shared/domain/qc.ts';
import type { WrittenReport } from '#shared/domain/qc-report.ts';
import type { Check } from './check.ts';
import { checks } from './checks/registry.ts';
import { type ExcursionRequest, findExcursion } from './excursion.ts';
import { type JudgedFile, judgeDvFile, judgeFile, withFile } from './file/judge-file.ts';
import type { Reading } from './file/judge-matroska.ts';
import { fileChecks, otherFileChecks } from './file/registry.ts';
import { type MarkEvents, toResult } from './judge.ts';
import { judgeStore } from './judge-store.ts';
import { type LaneLimit, laneLimits } from './lane-limits.ts';
import { type FfmpegPaths, type MeasureFileOptions, measureFile } from './measure-file.ts';
import { openTap, type Tap } from './measure-tap.ts';
import { createOpenStores } from './open-stores.ts';
import { reportFile, reportSamples } from './reports/create-report.ts';
import { looksLikeReport } from './reports/foreign-report.ts';
import { judgeForeign } from './reports/foreign-tape.ts';
import type { ReportRequest } from './reports/write-samples.ts';
import { readSampleStore } from './sample-reader.ts';
import { sampleWindow, type WindowRequest } from './sample-window.ts';
import { requireChannels, type TimeGap } from './series.ts';

/** A follower's decoder gives way to everything else. */
const followerNiceness = 19;

/** The qc room as the rest of the engine sees it. */
export interface Qc {
  /** Fulfils the follower's MeasurePort. */
  open(input: {
    samplesPath: string;
    video: VideoFormat;
    audio: AudioFormat | undefined;
    qcProfileId: string;
  }): Promise<Tap>;
  /** Any file on this machine, or a QCTools report of one. FILE_UNREADABLE, NOT_FOUND (profile). */
  measureFile(path: string, profileId: string | undefined, options?: MeasureFileOptions): Promise<QcResult>;
  /** Judges stored samples again, perhaps by another profile, without a decode. */
  judgeSamples(
    samplesPath: string,
    file: string,
    profileId: string | undefined,
    run?: {
      channels?: readonly number[] | undefined;
      mark?: MarkEvents;
      /** Where the times of the recording say that frames are missing: samples know nothing of times. */
      timeGaps?: readonly TimeGap[];
    },
  ): Promise<QcResult>;
  /** Measures a file, or reads a QCTools report, and writes it in the form asked for. FILE_EXISTS before any work. */
  reportFile(
    path: string,
    profileId: string | undefined,
    request: ReportRequest,
    options?: Parameters<typeof reportFile>[4],
  ): Promise<WrittenReport>;
  /** The same from stored samples. `mediaPath`: the master, for stills. */
  reportSamples(
    from: Parameters<typeof reportSamples>[0],
    profileId: string | undefined,
    request: ReportRequest,
  ): Promise<WrittenReport>;
  /** Judges a file as a file: rules, MediaConch, marks of a DV stream. Nothing is decoded. */
  judgeFile(path: string, reading?: Reading): Promise<JudgedFile>;
  /** What a DV stream says of its own blocks; undefined where there is none. */
  judgeDvFile(path: string): ReturnType<typeof judgeDvFile>;
  /** Every check, also those of files. */
  checks(): { id: string; titleKey: string; explanationKey: string }[];
  /** The lanes that a sample store holds. */
  measures(samplesPath: string): Promise<{ id: string; unit: string; medium: 'video' | 'audio' }[]>;
  /** A stretch of a sample store, for graphs, of those measures that it has. */
  window(samplesPath: string, request: WindowRequest): Promise<DrawnSamples>;
  /** The limits of a profile as lines across the graphs of a sample store. NOT_FOUND (profile). */
  limits(samplesPath: string, profileId: string | undefined): Promise<LaneLimit[]>;
  /** The first frame of the next stretch beyond a value; undefined where there is none. NOT_FOUND (measure). */
  excursion(samplesPath: string, request: ExcursionRequest): Promise<number | undefined>;
}

/** The profile for whatever is known of no format: the first that names none. */
function generalProfile(profiles: readonly QcProfile[]): QcProfile | undefined {
  return profiles.find(({ formats }) => formats === undefined) ?? profiles[0];
}

/** Builds the room. The general profile, which is for no format alone, is used where none is named. Throws RangeError without any profile. */
export function createQc(options: { profiles: readonly QcProfile[]; ffmpeg: FfmpegPaths }): Qc {
  const standardProfile = generalProfile(options.profiles);
  if (!standardProfile) throw new RangeError('no qc profile');

  function profileOf(id: string | undefined): QcProfile {
    const profile = id === undefined ? standardProfile : options.profiles.find((one) => one.id === id);
    if (profile) return profile;
    const known = options.profiles.map((one) => one.id).join(', ');
    throw new HelicalError('NOT_FOUND', {
      problem: `There is no QC profile ${id}.`,
      remedy: `Choose one of: ${known}.`,
    });
  }

  const openStore = createOpenStores();

  return {
    open: ({ qcProfileId, ...input }) =>
      openTap({
        ...input,
        profile: profileOf(qcProfileId),
        niceness: followerNiceness,
        isLive: true,
        isNumbered: true,
      }),
    async measureFile(path, profileId, run) {
      const profile = profileOf(profileId);
      // The thumbnails of a `.qctools.mkv` are no picture to judge.
      if (await looksLikeReport(path)) return judgeForeign(path, profile);
      await requireFile(path);
      const leaving = new AbortController();
      const signal = run?.signal ? AbortSignal.any([run.signal, leaving.signal]) : leaving.signal;
      const file = judgeFile(path, options.ffmpeg, { signal });
      // The decode tells more of a file that cannot be read; its error comes first.
      file.catch(() => {});
      try {
        const result = await measureFile(path, profile, options.ffmpeg, run);
        return withFile(result, await file, run?.mark);
      } finally {
        leaving.abort();
      }
    },
    judgeDvFile: (path) => judgeDvFile(path, options.ffmpeg),
    judgeFile: (path, reading) => judgeFile(path, options.ffmpeg, reading),
    async judgeSamples(samplesPath, file, profileId, { channels, mark, timeGaps } = {}) {
      const series = readSampleStore(samplesPath);
      requireChannels(channels, series.channels);
      const order = { samplesPath, profile: profileOf(profileId), judgedChannels: channels, timeGaps };
      return toResult(file, series, await judgeStore(order), mark);
    },
    reportFile: (path, profileId, request, run) =>
      reportFile(path, profileOf(profileId), options.ffmpeg, request, run),
    reportSamples: (from, profileId, request) =>
      reportSamples(from, profileOf(profileId), options.ffmpeg, request),
    checks: () =>
      [...(checks as readonly Check[]), ...fileChecks, ...otherFileChecks].map(
        ({ id, titleKey, explanationKey }) => ({
          id,
          titleKey,
          explanationKey,
        }),
      ),
    measures: async (samplesPath) => openStore(samplesPath).measures,
    async window(samplesPath, request) {
      const store = openStore(samplesPath);
      const known = new Set(store.measures.map(({ id }) => id));
      return sampleWindow(store, { ...request, measures: request.measures.filter((id) => known.has(id)) });
    },
    limits: async (samplesPath, profileId) => laneLimits(profileOf(profileId), openStore(samplesPath)),
    async excursion(samplesPath, request) {
      const store = openStore(samplesPath);
      if (store.measures.some(({ id }) => id === request.measure)) return findExcursion(store, request);
      throw new HelicalError('NOT_FOUND', `This pass was not measured by ${request.measure}.`);
    },
  };
}
