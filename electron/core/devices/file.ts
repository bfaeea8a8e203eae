import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type MediaDescription, probe, type VideoStream } from '#core/ffmpeg/probe.ts';
import { normalTimecode } from '#core/ffmpeg/timecode-list.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { VideoFormat } from '#shared/domain/formats.ts';
import { type Rational, toNumber } from '#shared/domain/rational.ts';
import type { Device, OpenSource } from './device.ts';
import { assumedFieldOrder, codecFieldOrder, standardOf, statedFieldOrder } from './raster.ts';

/** A media file that stands in for a deck: it is read as fast as it can be, and cannot lose a frame. */
export const file = {
  kind: 'file',
  name: 'Media file',
  optionNames: [],
  lacks: async () => undefined,
  deviceKey: async () => undefined,
  namesPath: () => true,

  async discover() {
    return [{ id: 'file', kind: 'file', name: 'Media file', inputs: [], options: [], live: false }];
  },

  async open(selection, context) {
    if (!selection.argument) {
      throw new HelicalError('INVALID_INPUT', {
        problem: 'No media file was named.',
        remedy: 'Name it behind the colon: file:PATH.',
      });
    }
    // Absolute, so that ffmpeg never takes a colon in a name for a protocol.
    const path = resolve(selection.argument);
    const sizeBytes = await fileSize(path);
    const media = await probe(context.ffprobePath, path);
    return describe(path, sizeBytes, media, selection.durationS);
  },
} satisfies Device;

function describe(
  path: string,
  sizeBytes: number,
  media: MediaDescription,
  durationS: number | undefined,
): OpenSource {
  const picture = media.video[0];
  if (!picture?.pixelFormat || !picture.width || !picture.height) {
    throw unreadable(path, 'has no picture in it that can be decoded');
  }
  const frameRate = picture.averageFrameRate ?? picture.frameRate;
  if (!frameRate) throw unreadable(path, 'does not state a frame rate');
  const codec = picture.codec ?? 'unknown';
  const { width, height, pixelFormat } = picture;
  const { fieldOrder, source } = fieldOrderOf(picture);
  const streamChannels = media.audio.map((stream) => stream.channels);
  const channels = streamChannels.reduce((sum, count) => sum + count, 0);
  const whole = countFrames(media, picture, frameRate, sizeBytes);
  const wanted = durationS === undefined ? undefined : Math.round(durationS * toNumber(frameRate));
  const expectedFrames = whole === undefined || wanted === undefined ? whole : Math.min(whole, wanted);
  const standard = standardOf(width, height, frameRate);
  return {
    inputArgs: [...(durationS === undefined ? [] : ['-t', String(durationS)]), '-i', path],
    video: { width, height, frameRate, fieldOrder, pixelFormat, standard, ...ownWords(picture) },
    audio: channels
      ? { channels, sampleRateHz: media.audio[0]?.sampleRateHz ?? 48_000, streamChannels }
      : undefined,
    live: false,
    essence: isTapeStream(codec, media.format) ? 'copy' : 'encode',
    codec,
    ...firstTimecode(media),
    ...(expectedFrames === undefined ? {} : { expectedFrames }),
    description:
      `File ${path}: ${codec} in ${media.format}, ${width}x${height} at ${frameRate.num}/${frameRate.den}, ` +
      `field order ${fieldOrder} (${source}), ${channels} channels in ${streamChannels.length} tracks.`,
    close: async () => {},
  };
}

/** What the container says of the first frame: in a tag of its own, of the picture, or of a track of timecode. */
function firstTimecode({ tags, video, other }: MediaDescription): Pick<OpenSource, 'timecode'> {
  for (const words of [video[0]?.tags ?? {}, ...other.map((stream) => stream.tags), tags]) {
    // MOV and MXF write the name small, Matroska in capitals.
    const first = normalTimecode(words['timecode'] ?? words['TIMECODE'] ?? '');
    if (first !== undefined) return { timecode: { kind: 'container', first } };
  }
  return {};
}

/** DV and DVCPRO (all are `dvvideo`) and HDV (MPEG-2 in a transport stream) are what is on the tape: kept as they are. */
function isTapeStream(codec: string, formatName: string): boolean {
  return codec === 'dvvideo' || (codec === 'mpeg2video' && formatName.split(',').includes('mpegts'));
}

/** Pixel shape and colour where the file states them: it knows better than a profile that was made for a card. */
function ownWords(picture: VideoStream): Pick<VideoFormat, 'sampleAspect' | 'colour'> {
  const { colourPrimaries: primaries, colourTransfer: transfer, colourMatrix: matrix } = picture;
  const isStated = (word: string | undefined): word is string => word !== undefined && word !== 'unknown';
  const range = picture.colourRange === 'pc' ? 'pc' : 'tv';
  return {
    ...(picture.sampleAspect ? { sampleAspect: picture.sampleAspect } : {}),
    ...(isStated(primaries) && isStated(transfer) && isStated(matrix)
      ? { colour: { primaries, transfer, matrix, range } }
      : {}),
  };
}

/** The container's own word; without one, the custom of standard definition. DV is always bottom field first. */
function fieldOrderOf(picture: VideoStream): { fieldOrder: VideoFormat['fieldOrder']; source: string } {
  const stated = statedFieldOrder(picture.fieldOrder);
  if (stated) return { fieldOrder: stated, source: 'stated in the file' };
  const ofCodec = codecFieldOrder(picture.codec, picture.height);
  if (ofCodec) return { fieldOrder: ofCodec, source: 'assumed: DV is bottom field first' };
  const assumed = assumedFieldOrder(picture.height);
  if (assumed !== 'progressive') {
    return { fieldOrder: assumed, source: `assumed from ${picture.height} lines` };
  }
  return { fieldOrder: 'progressive', source: 'assumed: the file does not say' };
}

/** Frames in the file, where that is known without reading it: the container's count, or the fixed size of DV frames. */
function countFrames(
  media: MediaDescription,
  picture: VideoStream,
  rate: Rational,
  sizeBytes: number,
): number | undefined {
  if (picture.frameCount) return picture.frameCount;
  const durationS = picture.durationSeconds ?? media.durationSeconds;
  if (media.format !== 'dv' || durationS === undefined) return undefined;
  // IEC 61834-2: a 25 Mb/s frame has 12 (625 lines) or 10 (525 lines) sequences of 12,000 bytes; DVCPRO50 twice that.
  const sequences = (picture.height === 576 ? 12 : 10) * (picture.pixelFormat === 'yuv422p' ? 2 : 1);
  const frames = sizeBytes / (sequences * 12_000);
  return Number.isInteger(frames) && Math.abs(frames - durationS * toNumber(rate)) < 1 ? frames : undefined;
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

function unreadable(path: string, reason: string, cause?: unknown): HelicalError {
  return new HelicalError(
    'FILE_UNREADABLE',
    { problem: `The file ${path} ${reason}.`, safe: 'It was not changed.', remedy: 'Choose another file.' },
    { cause },
  );
}
