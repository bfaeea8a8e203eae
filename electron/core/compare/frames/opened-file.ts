import { findFramePlaces } from '#core/essence/find-frame-places.ts';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { pictureBytes } from '#shared/domain/picture-planes.ts';
import { type DescribedFile, describeFile } from './described-file.ts';
import { createFedSource } from './fed-source.ts';
import type { PictureFile } from './picture.ts';
import type { DecodedPicture, PictureSource } from './picture-source.ts';
import { createRunningSource } from './running-source.ts';
import { isSelfContained } from './self-contained.ts';

/** A file whose pictures can be decoded; no process runs yet. */
export interface OpenedFile {
  described: DescribedFile;
  source: PictureSource;
}

/**
 * Finds out what a file is and which way its pictures are decoded: frame by frame where each stands for itself and its place is known,
 * else from key pictures on.
 * @param onAlso takes pictures that were decoded on the way to others.
 * Throws HelicalError FILE_UNREADABLE.
 */
export async function openPictureFile(
  { ffmpegPath, ffprobePath }: Pick<Ffmpeg, 'ffmpegPath' | 'ffprobePath'>,
  { path, frames }: PictureFile,
  onAlso: (picture: DecodedPicture) => void,
): Promise<OpenedFile> {
  const described = await describeFile(ffprobePath, path);
  const common = { ffmpegPath, path, pictureBytes: pictureBytes(described.picture) };
  if (isSelfContained(described.codec) && described.container.includes('matroska')) {
    const places = await findFramePlaces(path, frames);
    if (places && places.trackNumber < 127) {
      const { pixelFormat } = described;
      return { described, source: createFedSource({ ...common, pixelFormat, places }) };
    }
  }
  const known = frames ?? described.statedFrames;
  if (known === undefined || known === 0) {
    throw new HelicalError('FILE_UNREADABLE', {
      problem: 'This file does not say how many frames it has.',
      safe: 'It was not changed.',
    });
  }
  return { described, source: createRunningSource({ ...common, described, frames: known, onAlso }) };
}
