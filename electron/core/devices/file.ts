import { stat } from 'node:fs/promises';
import { execa } from 'execa';
import { z } from 'zod';
import { HelicalError } from '#shared/domain/errors.ts';
import { parseRational, type Rational, toNumber } from '#shared/domain/rational.ts';
import type { Device, OpenSource, VideoFormat } from './device.ts';

const streamSchema = z.object({
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  pix_fmt: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  field_order: z.string().optional(),
  nb_frames: z.string().optional(),
  duration: z.string().optional(),
  channels: z.number().optional(),
  sample_rate: z.string().optional(),
  disposition: z.object({ attached_pic: z.number() }).partial().optional(),
});
const probeSchema = z.object({
  streams: z.array(streamSchema),
  format: z.object({ format_name: z.string(), duration: z.string().optional() }),
});

type Probe = z.infer<typeof probeSchema>;
type Stream = z.infer<typeof streamSchema>;

/** A media file that stands in for a deck: it is read as fast as it can be, and cannot lose a frame. */
export const file: Device = {
  kind: 'file',

  async discover() {
    return [{ id: 'file', kind: 'file', name: 'Media file', inputs: [], live: false }];
  },

  async open(selection, context) {
    const path = selection.argument;
    if (!path) {
      throw new HelicalError('INVALID_INPUT', {
        problem: 'No media file was named.',
        remedy: 'Name it behind the colon: file:PATH.',
      });
    }
    const sizeBytes = await fileSize(path);
    const probe = await probeFile(path, context.ffprobePath);
    const picture = probe.streams.find(
      (stream) => stream.codec_type === 'video' && !stream.disposition?.attached_pic,
    );
    if (!picture?.width || !picture.height || !picture.pix_fmt) {
      throw unreadable(path, 'has no picture in it that can be decoded');
    }
    return describe(path, sizeBytes, probe, picture, selection.durationS);
  },
};

function describe(
  path: string,
  sizeBytes: number,
  probe: Probe,
  picture: Stream,
  durationS: number | undefined,
): OpenSource {
  const codec = picture.codec_name ?? 'unknown';
  const frameRate = frameRateOf(picture);
  if (!frameRate) throw unreadable(path, 'does not state a frame rate');
  const { width = 0, height = 0, pix_fmt: pixelFormat = '' } = picture;
  const { fieldOrder, source } = fieldOrderOf(picture);
  const sounds = probe.streams.filter((stream) => stream.codec_type === 'audio');
  const channels = sounds.reduce((sum, stream) => sum + (stream.channels ?? 0), 0);
  const whole = countFrames(probe, picture, frameRate, sizeBytes);
  const wanted = durationS === undefined ? undefined : Math.round(durationS * toNumber(frameRate));
  const expectedFrames = whole === undefined || wanted === undefined ? whole : Math.min(whole, wanted);
  const video: VideoFormat = {
    width,
    height,
    frameRate,
    fieldOrder,
    pixelFormat,
    standard: standardOf(width, height, frameRate),
  };
  return {
    inputArgs: [...(durationS === undefined ? [] : ['-t', String(durationS)]), '-i', path],
    video,
    audio: channels ? { channels, sampleRateHz: Number(sounds[0]?.sample_rate ?? 48_000) } : undefined,
    live: false,
    essence: isTapeStream(codec, probe.format.format_name) ? 'copy' : 'encode',
    codec,
    ...(expectedFrames === undefined ? {} : { expectedFrames }),
    description:
      `File ${path}: ${codec} in ${probe.format.format_name}, ${width}x${height} at ` +
      `${frameRate.num}/${frameRate.den}, field order ${fieldOrder} (${source}), ` +
      `${channels} channels in ${sounds.length} tracks.`,
    close: async () => {},
  };
}

/** DV and DVCPRO (all are `dvvideo`) and HDV (MPEG-2 in a transport stream) are what is on the tape: kept as they are. */
function isTapeStream(codec: string, formatName: string): boolean {
  return codec === 'dvvideo' || (codec === 'mpeg2video' && formatName.split(',').includes('mpegts'));
}

function frameRateOf(picture: Stream): Rational | undefined {
  for (const text of [picture.avg_frame_rate, picture.r_frame_rate]) {
    const rate = text ? parseRational(text) : undefined;
    if (rate && rate.num > 0) return rate;
  }
  return undefined;
}

/** The container's own word; without one, the custom of standard definition. DV is always bottom field first. */
function fieldOrderOf(picture: Stream): { fieldOrder: VideoFormat['fieldOrder']; source: string } {
  // tb and bt: stored one way, shown the other. What counts for the picture is which field is shown first.
  const stated = { tt: 'tff', bt: 'tff', bb: 'bff', tb: 'bff', progressive: 'progressive' } as const;
  const word = picture.field_order as keyof typeof stated | undefined;
  if (word && word in stated) return { fieldOrder: stated[word], source: 'stated in the file' };
  if (picture.codec_name === 'dvvideo' && (picture.height ?? 0) <= 576) {
    return { fieldOrder: 'bff', source: 'assumed: DV is bottom field first' };
  }
  if (picture.height === 576) return { fieldOrder: 'tff', source: 'assumed from 576 lines' };
  if (picture.height === 480 || picture.height === 486) {
    return { fieldOrder: 'bff', source: `assumed from ${picture.height} lines` };
  }
  return { fieldOrder: 'progressive', source: 'assumed: the file does not say' };
}

function standardOf(width: number, height: number, rate: Rational): VideoFormat['standard'] {
  const fps = toNumber(rate);
  if (width > 720) return 'other';
  if (height === 576 && fps === 25) return 'PAL';
  return (height === 480 || height === 486) && Math.abs(fps - 29.97) < 0.01 ? 'NTSC' : 'other';
}

/** Frames in the file, where that is known without reading it: the container's count, or the fixed size of DV frames. */
function countFrames(probe: Probe, picture: Stream, rate: Rational, sizeBytes: number): number | undefined {
  if (picture.nb_frames) return Number(picture.nb_frames);
  if (probe.format.format_name !== 'dv') return undefined;
  // IEC 61834-2: a 25 Mb/s frame has 12 (625 lines) or 10 (525 lines) sequences of 12,000 bytes; DVCPRO50 twice that.
  const sequences = (picture.height === 576 ? 12 : 10) * (picture.pix_fmt === 'yuv422p' ? 2 : 1);
  const frames = sizeBytes / (sequences * 12_000);
  const stated = Number(picture.duration ?? probe.format.duration ?? Number.NaN) * toNumber(rate);
  return Number.isInteger(frames) && Math.abs(frames - stated) < 1 ? frames : undefined;
}

async function fileSize(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw unreadable(path, 'is not a file');
    return found.size;
  } catch (error) {
    if (error instanceof HelicalError) throw error;
    throw unreadable(path, `cannot be read (${(error as NodeJS.ErrnoException).code})`, error);
  }
}

async function probeFile(path: string, ffprobePath: string): Promise<Probe> {
  const args = ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', path];
  const result = await execa(ffprobePath, args, { reject: false, stdin: 'ignore' });
  if ('code' in result && result.code === 'ENOENT') {
    throw new HelicalError('FFMPEG_MISSING', `ffprobe was not found at ${ffprobePath}.`);
  }
  if (result.exitCode !== 0) {
    const reason = result.stderr.trim().split('\n').at(-1) ?? '';
    throw unreadable(path, `is not a media file that ffmpeg can read (${reason.replace(`${path}: `, '')})`);
  }
  return probeSchema.parse(JSON.parse(result.stdout));
}

function unreadable(path: string, reason: string, cause?: unknown): HelicalError {
  return new HelicalError(
    'FILE_UNREADABLE',
    { problem: `The file ${path} ${reason}.`, safe: 'It was not changed.', remedy: 'Choose another file.' },
    { cause },
  );
}
