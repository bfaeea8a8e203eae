import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { pictureBytes } from '#shared/domain/picture-planes.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { describeFile } from './described-file.ts';
import type { Picture, PictureFile } from './picture.ts';

/** One exact frame from an ffmpeg of its own. Throws HelicalError NOT_FOUND behind the last frame, FILE_UNREADABLE. */
export async function pictureOnce(
  { ffmpegPath, ffprobePath }: Pick<Ffmpeg, 'ffmpegPath' | 'ffprobePath'>,
  { path, frames }: PictureFile,
  frame: number,
  signal?: AbortSignal,
): Promise<Picture> {
  const { picture, pixelFormat, frameRate, countedFrames } = await describeFile(ffprobePath, path, signal);
  // Half a frame early: containers round times, and the first frame at or behind it is meant.
  const seekS = Math.max(0, (frame - 0.5) / toNumber(frameRate)).toFixed(6);
  const end = await runFfmpeg(
    ffmpegPath,
    [
      ...['-v', 'error', '-ss', seekS, '-i', path, '-map', '0:v:0', '-frames:v', '1'],
      ...['-fps_mode', 'passthrough', '-pix_fmt', pixelFormat, '-f', 'rawvideo', 'pipe:1'],
    ],
    { signal },
  );
  if (end.reason === 'aborted') throw signal?.reason ?? new Error('aborted');
  if (end.reason !== 'finished') {
    throw new HelicalError('FILE_UNREADABLE', {
      problem: `Frame ${frame} of ${path} could not be read: ${end.lastError}.`,
      safe: 'The file was not changed.',
    });
  }
  if (end.stdout.length !== pictureBytes(picture)) {
    throw new HelicalError('NOT_FOUND', `There is no frame ${frame} in ${path}.`);
  }
  const known = frames ?? countedFrames ?? frame + 1;
  return {
    header: { frame, frames: known, ...picture, damaged: end.stderrTail !== '' },
    planes: end.stdout,
  };
}
