import { z } from 'zod';
import { type DocumentKind, fitDocument, parseDocument } from '#shared/domain/document.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { parseRational, type Rational } from '#shared/domain/rational.ts';
import { runTool } from './run.ts';
import { requireFile, whyUnreadable } from './unreadable.ts';

/** ffprobe writes most numbers as text, and `N/A` or nothing for what it does not know. */
const numeric = z
  .union([z.string(), z.number()])
  .optional()
  .transform((value) => (value === undefined || !Number.isFinite(Number(value)) ? undefined : Number(value)));

/** `0/0` and `0:1` are ffprobe's "unknown". */
const ratio = z
  .string()
  .optional()
  .transform((value): Rational | undefined => {
    const parsed = value === undefined ? undefined : parseRational(value);
    return parsed?.num === 0 ? undefined : parsed;
  });

const tags = z.record(z.string(), z.string()).optional().default({});

const videoStream = z.object({
  index: z.number().int(),
  codec_type: z.literal('video'),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  profile: z.string().optional(),
  width: z.number().int(),
  height: z.number().int(),
  pix_fmt: z.string().optional(),
  field_order: z.string().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  sample_aspect_ratio: ratio,
  display_aspect_ratio: ratio,
  r_frame_rate: ratio,
  avg_frame_rate: ratio,
  time_base: ratio,
  start_time: numeric,
  duration: numeric,
  nb_frames: numeric,
  nb_read_packets: numeric,
  bits_per_raw_sample: numeric,
  tags,
});

const audioStream = z.object({
  index: z.number().int(),
  codec_type: z.literal('audio'),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  sample_fmt: z.string().optional(),
  sample_rate: numeric,
  channels: z.number().int(),
  channel_layout: z.string().optional(),
  bits_per_sample: numeric,
  bits_per_raw_sample: numeric,
  time_base: ratio,
  start_time: numeric,
  duration: numeric,
  nb_read_packets: numeric,
  tags,
});

const otherStream = z.object({
  index: z.number().int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  tags,
});

const report = z.object({
  streams: z.array(z.looseObject({ codec_type: z.string().optional() })).default([]),
  format: z.object({
    format_name: z.string(),
    start_time: numeric,
    duration: numeric,
    size: numeric,
    bit_rate: numeric,
    tags,
  }),
});

export interface VideoStream {
  readonly index: number;
  readonly codec: string | undefined;
  /** The container's four-character code, such as `apch` or `dvcp`. */
  readonly codecTag: string | undefined;
  readonly profile: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: string | undefined;
  /** `tt`, `bb`, `tb`, `bt`, `progressive`. ffmpeg: first letter coded first, second displayed first. */
  readonly fieldOrder: string | undefined;
  readonly colourRange: string | undefined;
  readonly colourMatrix: string | undefined;
  readonly colourTransfer: string | undefined;
  readonly colourPrimaries: string | undefined;
  readonly sampleAspect: Rational | undefined;
  readonly displayAspect: Rational | undefined;
  readonly frameRate: Rational | undefined;
  readonly averageFrameRate: Rational | undefined;
  readonly timeBase: Rational | undefined;
  readonly startSeconds: number | undefined;
  readonly durationSeconds: number | undefined;
  readonly frameCount: number | undefined;
  /** Only when packets were counted. */
  readonly packetCount: number | undefined;
  readonly bitsPerSample: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface AudioStream {
  readonly index: number;
  readonly codec: string | undefined;
  readonly codecTag: string | undefined;
  readonly sampleFormat: string | undefined;
  readonly sampleRateHz: number | undefined;
  readonly channels: number;
  readonly channelLayout: string | undefined;
  readonly bitsPerSample: number | undefined;
  readonly timeBase: Rational | undefined;
  readonly startSeconds: number | undefined;
  readonly durationSeconds: number | undefined;
  readonly packetCount: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Timecode tracks, subtitles, attachments, data. */
export interface OtherStream {
  readonly index: number;
  readonly kind: string | undefined;
  readonly codec: string | undefined;
  readonly codecTag: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A file as ffprobe describes it: streams in the order of the file within each kind. */
export interface MediaDescription {
  readonly format: string;
  readonly startSeconds: number | undefined;
  readonly durationSeconds: number | undefined;
  readonly sizeBytes: number | undefined;
  readonly bitRate: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly video: readonly VideoStream[];
  readonly audio: readonly AudioStream[];
  readonly other: readonly OtherStream[];
}

export interface ProbeOptions {
  /** Reads the whole file to count packets. Default false. */
  readonly countPackets?: boolean | undefined;
  /** Arguments put before the file, such as `-f dv`. */
  readonly inputArguments?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Describes a media file. @throws HelicalError FILE_UNREADABLE when ffprobe cannot read it, FFMPEG_MISSING without ffprobe. */
export async function probe(
  ffprobePath: string,
  path: string,
  options: ProbeOptions = {},
): Promise<MediaDescription> {
  await requireFile(path);
  const args = ['-hide_banner', '-v', 'error', '-print_format', 'json', '-show_format', '-show_streams'];
  if (options.countPackets) args.push('-count_packets');
  const end = await runTool(ffprobePath, [...args, ...(options.inputArguments ?? []), '-i', path], {
    signal: options.signal,
  });
  if (end.reason === 'finished') return parseProbe(end.stdout.toString('utf8'));
  if (end.reason === 'aborted') throw options.signal?.reason ?? new Error('aborted');
  if (end.reason === 'missing') {
    throw new HelicalError('FFMPEG_MISSING', {
      problem: `ffprobe cannot be started: ${end.lastError}.`,
      remedy: 'Run helical doctor to see which ffmpeg is in use.',
    });
  }
  const cause = new Error(end.lastError);
  throw new HelicalError('FILE_UNREADABLE', await whyUnreadable(path), { cause });
}

const saying: DocumentKind = {
  name: 'What ffprobe says',
  code: 'FFMPEG_FAILED',
  remedy: 'Run helical doctor to see which ffprobe is in use.',
};

/** Reads ffprobe's JSON. @throws HelicalError FFMPEG_FAILED when it is not ffprobe's: a cut one, or a release that changed its form. */
export function parseProbe(json: string): MediaDescription {
  const { streams, format } = parseDocument(json, report, saying);
  const video: VideoStream[] = [];
  const audio: AudioStream[] = [];
  const other: OtherStream[] = [];
  for (const stream of streams) {
    if (stream.codec_type === 'video') video.push(describeVideo(fitDocument(stream, videoStream, saying)));
    else if (stream.codec_type === 'audio')
      audio.push(describeAudio(fitDocument(stream, audioStream, saying)));
    else other.push(describeOther(fitDocument(stream, otherStream, saying)));
  }
  return {
    format: format.format_name,
    startSeconds: format.start_time,
    durationSeconds: format.duration,
    sizeBytes: format.size,
    bitRate: format.bit_rate,
    tags: format.tags,
    video,
    audio,
    other,
  };
}

function describeVideo(stream: z.infer<typeof videoStream>): VideoStream {
  return {
    index: stream.index,
    codec: stream.codec_name,
    codecTag: stream.codec_tag_string,
    profile: stream.profile,
    width: stream.width,
    height: stream.height,
    pixelFormat: stream.pix_fmt,
    fieldOrder: stream.field_order,
    colourRange: stream.color_range,
    colourMatrix: stream.color_space,
    colourTransfer: stream.color_transfer,
    colourPrimaries: stream.color_primaries,
    sampleAspect: stream.sample_aspect_ratio,
    displayAspect: stream.display_aspect_ratio,
    frameRate: stream.r_frame_rate,
    averageFrameRate: stream.avg_frame_rate,
    timeBase: stream.time_base,
    startSeconds: stream.start_time,
    durationSeconds: stream.duration,
    frameCount: stream.nb_frames,
    packetCount: stream.nb_read_packets,
    bitsPerSample: stream.bits_per_raw_sample,
    tags: stream.tags,
  };
}

function describeAudio(stream: z.infer<typeof audioStream>): AudioStream {
  return {
    index: stream.index,
    codec: stream.codec_name,
    codecTag: stream.codec_tag_string,
    sampleFormat: stream.sample_fmt,
    sampleRateHz: stream.sample_rate,
    channels: stream.channels,
    channelLayout: stream.channel_layout,
    bitsPerSample: stream.bits_per_raw_sample || stream.bits_per_sample || undefined,
    timeBase: stream.time_base,
    startSeconds: stream.start_time,
    durationSeconds: stream.duration,
    packetCount: stream.nb_read_packets,
    tags: stream.tags,
  };
}

function describeOther(stream: z.infer<typeof otherStream>): OtherStream {
  return {
    index: stream.index,
    kind: stream.codec_type,
    codec: stream.codec_name,
    codecTag: stream.codec_tag_string,
    tags: stream.tags,
  };
}
