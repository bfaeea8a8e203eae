import { type MediaDescription, probe } from '#core/ffmpeg/probe.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { PictureHeader } from '#shared/domain/picture-planes.ts';
import { equalRational, type Rational, toNumber } from '#shared/domain/rational.ts';
import { chromaSize, planarFormatOf } from './planar-format.ts';

/** What all pictures of a file have in common. */
export interface DescribedFile {
  picture: Omit<PictureHeader, 'frame' | 'frames' | 'damaged'>;
  /** ffmpeg's name of the format in which its pictures are handed out. */
  pixelFormat: string;
  /** ffprobe's names. */
  container: string;
  codec: string;
  frameRate: Rational;
  /** Time of the first picture on the file's own clock, in seconds. */
  startS: number;
  /** As the container counts them, or by the length that it states. */
  statedFrames: number | undefined;
}

/**
 * Asks ffprobe what the pictures of a file are. Throws HelicalError FILE_UNREADABLE where it cannot be read, has no picture or one
 * whose samples cannot be shown as they are; rejects with the signal's reason.
 */
export async function describeFile(
  ffprobePath: string,
  path: string,
  signal?: AbortSignal,
): Promise<DescribedFile> {
  const description = await probe(ffprobePath, path, { signal }).catch((cause: unknown) => {
    if (!(cause instanceof HelicalError) || cause.code !== 'FILE_UNREADABLE') throw cause;
    // What ffprobe says names the path, and this goes to a screen.
    throw new HelicalError(
      'FILE_UNREADABLE',
      {
        problem: 'The file is not where it was, or holds no pictures that can be read.',
        safe: 'It was not changed.',
        remedy: 'Check that the disk that it lies on is connected.',
      },
      { cause },
    );
  });
  const video = description.video[0];
  const format = planarFormatOf(video?.pixelFormat ?? '');
  const frameRate = rateOf(description);
  if (!video || !format || !frameRate) {
    throw new HelicalError('FILE_UNREADABLE', {
      problem: `The pictures of this file cannot be shown sample by sample: ${video?.pixelFormat ?? 'none are known'}.`,
      safe: 'The file was not changed.',
    });
  }
  const { width, height } = video;
  return {
    picture: {
      width,
      height,
      ...chromaSize(format, { width, height }),
      bitDepth: format.bitDepth,
      range: video.colourRange === 'pc' || format.pixelFormat.startsWith('yuvj') ? 'full' : 'limited',
      matrix: video.colourMatrix === 'bt709' ? 'bt709' : 'bt601',
    },
    pixelFormat: format.pixelFormat,
    container: description.format,
    codec: video.codec ?? '',
    frameRate,
    startS: video.startSeconds ?? description.startSeconds ?? 0,
    statedFrames:
      video.frameCount ?? framesIn(video.durationSeconds ?? description.durationSeconds, frameRate),
  };
}

/** Constant rates only: elsewhere a number does not say where a frame is. */
function rateOf({ video: [video] }: MediaDescription): Rational | undefined {
  const { frameRate, averageFrameRate } = video ?? {};
  if (!frameRate || !averageFrameRate || equalRational(frameRate, averageFrameRate)) return frameRate;
  return averageFrameRate;
}

function framesIn(durationS: number | undefined, frameRate: Rational): number | undefined {
  return durationS === undefined ? undefined : Math.round(durationS * toNumber(frameRate));
}
