import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { codecFieldOrder, statedFieldOrder } from '#core/devices/raster.ts';
import { type AudioStream, type MediaDescription, probe, type VideoStream } from '#core/ffmpeg/probe.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { QcProfile } from '#shared/domain/profiles.ts';
import type { QcResult } from '#shared/domain/qc.ts';
import type { InstrumentCost } from './cost-meter.ts';
import { announcedLengthEvents, isLengthAnnounced } from './file/announced-length.ts';
import { rememberFile } from './file/changed-file.ts';
import { listenToDecoders } from './file/decoder-complaints.ts';
import { type MarkEvents, toResult } from './judge.ts';
import { judgeStore } from './judge-store.ts';
import { openTap, type Tap } from './measure-tap.ts';
import { requireChannels, type Series } from './series.ts';
import { findTimeGaps, hasTimes, packetTimesOutput, readPacketTimes } from './time-gaps.ts';

export interface FfmpegPaths {
  ffmpegPath: string;
  ffprobePath: string;
}

export interface MeasureFileOptions {
  /** Audio channels to be judged, counted from 1; default: all. */
  channels?: readonly number[];
  /** Where it is known what the artist meant: the master of a pass. */
  mark?: MarkEvents;
  onFrames?: (frames: number) => void;
  /** Told what each instrument cost. */
  onCost?: (costs: readonly InstrumentCost[]) => void;
  signal?: AbortSignal;
}

/**
 * Measures and judges any media file: the same chain and checks as behind the follower. Writes only into a folder of
 * its own under the system's temporary one. Throws HelicalError FILE_UNREADABLE, naming what is wrong with the file,
 * and INVALID_INPUT for channels that it does not have.
 */
export async function measureFile(
  path: string,
  profile: QcProfile,
  ffmpeg: FfmpegPaths,
  options: MeasureFileOptions = {},
): Promise<QcResult> {
  return measureSeries(path, profile, ffmpeg, options, async ({ result }) => result);
}

/** The same, with the samples themselves, which are there as long as `use` works with them. */
export async function measureSeries<T>(
  path: string,
  profile: QcProfile,
  ffmpeg: FfmpegPaths,
  options: MeasureFileOptions,
  use: (measured: { result: QcResult; series: Series; samplesPath: string }) => Promise<T>,
): Promise<T> {
  const before = await rememberFile(path);
  const described = await probe(ffmpeg.ffprobePath, path);
  const { video, audio } = formatsOf(path, described);
  requireChannels(options.channels, audio?.channels ?? 0);
  const workDir = await mkdtemp(join(tmpdir(), 'helical-qc-'));
  try {
    const tap = await openTap({
      samplesPath: join(workDir, 'samples.arrows'),
      video,
      isFieldOrderAssumed: described.video[0] && fieldOrderOf(described.video[0]) === undefined,
      audio,
      profile,
    });
    let decoded = 0;
    const timesPath = join(workDir, 'times.txt');
    const outputs = video ? packetTimesOutput(timesPath) : [];
    const complaints = listenToDecoders(codecsOf(described), described.video[0]?.index);
    const end = await runFfmpeg(ffmpeg.ffmpegPath, [...decodeArguments(path, described, tap), ...outputs], {
      signal: options.signal,
      onErrorLine: complaints.take,
      onProgress: (progress) => {
        decoded = progress.frame ?? decoded;
        options.onFrames?.(decoded);
      },
    });
    if (end.reason !== 'finished') {
      await tap.abandon();
      const said = 'lastError' in end ? end.lastError : end.reason;
      throw new HelicalError('FILE_UNREADABLE', {
        // Of a head with nothing behind it ffmpeg speaks in riddles ("Error marking filters as finished").
        problem:
          decoded === 0
            ? `Nothing of ${path} could be decoded: ${said}.`
            : `${path} could not be decoded: ${said}.`,
        safe: 'The file was not changed.',
        remedy:
          'Compare its digest with the one taken when it was made, and fetch another copy if they differ.',
      });
    }
    const finished = await tap.finish();
    requireFrames(path, finished.frames, decoded);
    options.onCost?.(finished.costMs);
    const { series, samplesPath } = finished;
    const { channels } = options;
    const times = video && (await readPacketTimes(timesPath));
    const timeGaps = times && hasTimes(described.format) ? findTimeGaps(times, video.frameRate) : [];
    const judged =
      channels || timeGaps.length > 0
        ? await judgeStore({ samplesPath, profile, judgedChannels: channels, timeGaps })
        : finished;
    const damage = complaints.events(series.frames, times?.frameAt ?? (() => 0));
    const ends = video ? announcedLengthEvents(described, series.frames, times) : [];
    const changed = await before.changed(series.frames);
    const checked = {
      ...judged,
      events: [...changed, ...ends, ...damage, ...judged.events],
      checks: [
        ...judged.checks,
        'file-changed',
        'file-decoding',
        ...(described.video[0]?.codec === 'ffv1' ? ['slice-errors'] : []),
        ...(video && isLengthAnnounced(described) ? ['file-length'] : []),
      ],
    };
    return await use({ result: toResult(path, series, checked, options.mark), series, samplesPath });
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

function decodeArguments(path: string, described: MediaDescription, tap: Tap): string[] {
  const graph = [
    ...(tap.videoFilter ? [`[0:v:0]${tap.videoFilter}[v]`] : []),
    ...(tap.audioFilter ? soundGraph(described.audio, tap.audioFilter) : []),
  ].join(';');
  const outputs = [
    ...(tap.videoFilter ? ['-map', '[v]', ...tap.videoOutput] : []),
    ...(tap.audioFilter ? ['-map', '[a]', ...tap.audioOutput] : []),
  ];
  return [
    '-v',
    'repeat+error',
    '-threads',
    `${decoderThreads}`,
    '-i',
    path,
    '-filter_complex',
    graph,
    ...outputs,
  ];
}

/**
 * ffmpeg has one thread more than there are cores. On two cores three of FFV1's four slices run at once, and for the fourth everybody waits
 * while a core is idle; with two threads for each core the slices of a picture end together, and the measuring thread finds its place among
 * them: 4 to 7 % less time for a tape. ffmpeg warns of more than sixteen.
 */
const decoderThreads = Math.min(16, 2 * availableParallelism());

/** Codecs whose decoders are listened to. */
function codecsOf({ video, audio }: MediaDescription): string[] {
  return [...video.slice(0, 1), ...audio].flatMap(({ codec }) => (codec === undefined ? [] : [codec]));
}

/** All tracks as one. Those of another rate than the first are brought to it: merging wants one rate, and named channels. */
function soundGraph(tracks: readonly AudioStream[], filter: string): string[] {
  const [first] = tracks;
  if (tracks.length === 1) return [`[0:a:0]${filter}[a]`];
  const layouts: Readonly<Record<number, string>> = { 1: 'mono', 2: 'stereo', 4: 'quad' };
  const isOther = tracks.map(({ sampleRateHz }) => sampleRateHz !== first?.sampleRateHz);
  const brought = tracks.flatMap(({ channels }, at) =>
    isOther[at]
      ? [
          `[0:a:${at}]aresample=${first?.sampleRateHz},aformat=channel_layouts=${layouts[channels] ?? `${channels}c`}[t${at}]`,
        ]
      : [],
  );
  const labels = tracks.map((_, at) => (isOther[at] ? `[t${at}]` : `[0:a:${at}]`));
  return [...brought, `${labels.join('')}amerge=inputs=${tracks.length},${filter}[a]`];
}

/** What could not be decoded, or got lost between the decoder and the instruments, must not look measured. */
function requireFrames(path: string, measured: number, decoded: number): void {
  if (measured > 0 && measured >= decoded) return;
  throw new HelicalError('FILE_UNREADABLE', {
    problem:
      measured === 0
        ? `Nothing of ${path} could be decoded.`
        : `Only ${measured} of ${decoded} frames of ${path} could be measured.`,
    safe: 'The file was not changed.',
    remedy: 'Fetch another copy if its digest is not the one taken when it was made.',
  });
}

/** Pictures on the covers of sound files: they have no rate. */
const coverCodec = /^(?:png|mjpeg|bmp|gif|webp)$/;

function formatsOf(
  path: string,
  described: MediaDescription,
): { video: VideoFormat | undefined; audio: AudioFormat | undefined } {
  const [stream] = described.video;
  const channels = described.audio.reduce((sum, track) => sum + track.channels, 0);
  const sampleRateHz = described.audio[0]?.sampleRateHz;
  const audio = channels > 0 && sampleRateHz ? { channels, sampleRateHz } : undefined;
  const isCover = audio && !stream?.averageFrameRate && coverCodec.test(stream?.codec ?? '');
  if (stream && !isCover && stream.width > 0 && stream.height > 0) return { video: videoOf(stream), audio };
  if (audio) return { video: undefined, audio };
  throw new HelicalError('FILE_UNREADABLE', {
    problem: `${path} has no picture and no sound that can be decoded.`,
    remedy: 'Choose a file with video or sound.',
  });
}

function videoOf(stream: VideoStream): VideoFormat {
  const rates = [stream.averageFrameRate, stream.frameRate];
  return {
    width: stream.width,
    height: stream.height,
    // A clock's ticks are no pictures: files of one picture, and broken heads, say the like of 90000.
    frameRate: rates.find((rate) => rate && rate.num / rate.den >= 1 && rate.num / rate.den <= 1000) ?? {
      num: 25,
      den: 1,
    },
    fieldOrder: fieldOrderOf(stream) ?? 'tff',
    pixelFormat: stream.pixelFormat ?? 'yuv420p',
    standard: standardOf(stream.height),
  };
}

/** Undefined where neither the container nor the codec says it: then motion is held against the rest of the tape. */
function fieldOrderOf({ fieldOrder, codec, height }: VideoStream): VideoFormat['fieldOrder'] | undefined {
  return statedFieldOrder(fieldOrder) ?? codecFieldOrder(codec, height);
}

function standardOf(height: number): VideoFormat['standard'] {
  if (height === 576) return 'PAL';
  return height === 480 || height === 486 ? 'NTSC' : 'other';
}
