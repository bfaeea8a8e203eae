import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MediaDescription, probe } from '#core/ffmpeg/probe.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { QcProfile } from '#shared/domain/profiles.ts';
import type { QcResult } from '#shared/domain/qc.ts';
import { judge, type MarkEvents, toResult } from './judge.ts';
import { openTap, type Tap } from './measure-tap.ts';
import { requireChannels, type Series } from './series.ts';

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
  const described = await probe(ffmpeg.ffprobePath, path);
  const { video, audio } = formatsOf(path, described);
  requireChannels(options.channels, audio?.channels ?? 0);
  const workDir = await mkdtemp(join(tmpdir(), 'helical-qc-'));
  try {
    const tap = await openTap({
      samplesPath: join(workDir, 'samples.arrows'),
      video,
      isFieldOrderAssumed: !/^(progressive|[tb]{2})$/.test(described.video[0]?.fieldOrder ?? ''),
      audio,
      profile,
    });
    const end = await runFfmpeg(ffmpeg.ffmpegPath, decodeArguments(path, described, tap), {
      signal: options.signal,
      onProgress: (progress) => options.onFrames?.(progress.frame ?? 0),
    });
    if (end.reason !== 'finished') {
      await tap.abandon();
      throw new HelicalError('FILE_UNREADABLE', {
        problem: `${path} could not be decoded: ${'lastError' in end ? end.lastError : end.reason}.`,
        safe: 'The file was not changed.',
        remedy:
          'Compare its digest with the one taken when it was made, and fetch another copy if they differ.',
      });
    }
    const finished = await tap.finish();
    const { series, samplesPath } = finished;
    const { channels } = options;
    const judged = channels ? judge({ ...series, judgedChannels: channels }, profile) : finished;
    return await use({ result: toResult(path, series, judged, options.mark), series, samplesPath });
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

function decodeArguments(path: string, described: MediaDescription, tap: Tap): string[] {
  const streams = described.audio.map((_, at) => `[0:a:${at}]`);
  const merged =
    streams.length > 1 ? `${streams.join('')}amerge=inputs=${streams.length},` : (streams[0] ?? '');
  const graph = [
    ...(tap.videoFilter ? [`[0:v:0]${tap.videoFilter}[v]`] : []),
    ...(tap.audioFilter ? [`${merged}${tap.audioFilter}[a]`] : []),
  ].join(';');
  const outputs = [
    ...(tap.videoFilter ? ['-map', '[v]', ...tap.videoOutput] : []),
    ...(tap.audioFilter ? ['-map', '[a]', ...tap.audioOutput] : []),
  ];
  return ['-v', 'error', '-i', path, '-filter_complex', graph, ...outputs];
}

function formatsOf(
  path: string,
  described: MediaDescription,
): { video: VideoFormat; audio: AudioFormat | undefined } {
  const [stream] = described.video;
  const frameRate = stream?.averageFrameRate ?? stream?.frameRate;
  if (!stream || !frameRate) {
    throw new HelicalError('FILE_UNREADABLE', {
      problem: `${path} has no picture that can be decoded.`,
      remedy: 'Sound alone is not measured yet: choose a file with video.',
    });
  }
  const video: VideoFormat = {
    width: stream.width,
    height: stream.height,
    frameRate,
    // ffmpeg writes `tb` for fields that lie line by line in a frame of which the top one comes first, and `bt` for the other.
    fieldOrder:
      stream.fieldOrder === 'progressive'
        ? 'progressive'
        : stream.fieldOrder?.startsWith('b')
          ? 'bff'
          : 'tff',
    pixelFormat: stream.pixelFormat ?? 'yuv420p',
    standard: standardOf(stream.height),
  };
  const channels = described.audio.reduce((sum, track) => sum + track.channels, 0);
  const sampleRateHz = described.audio[0]?.sampleRateHz;
  return { video, audio: channels > 0 && sampleRateHz ? { channels, sampleRateHz } : undefined };
}

function standardOf(height: number): VideoFormat['standard'] {
  if (height === 576) return 'PAL';
  return height === 480 || height === 486 ? 'NTSC' : 'other';
}
