import { findFramePlaces } from '#core/essence/find-frame-places.ts';
import { openGrowingPlaces } from '#core/essence/growing-places.ts';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { pictureBytes } from '#shared/domain/picture-planes.ts';
import { type DescribedFile, describeFile } from './described-file.ts';
import { createFedSource } from './fed-source.ts';
import type { PictureFile } from './picture.ts';
import type { DecodedPicture, PictureSource } from './picture-source.ts';
import type { PlaneMemory } from './plane-memory.ts';
import { createRunningSource } from './running-source.ts';
import { isSelfContained } from './self-contained.ts';

/** A file whose pictures can be decoded; no process runs yet. */
export interface OpenedFile {
  described: DescribedFile;
  source: PictureSource;
}

type Tools = Pick<Ffmpeg, 'ffmpegPath' | 'ffprobePath'>;

/**
 * Finds out what a file is and which way its pictures are decoded: frame by frame where each stands for itself and its place is known,
 * else from key pictures on.
 * @param memory in which pictures are decoded: each is held once for who gets it.
 * @param onAlso takes pictures that were decoded on the way to others.
 * Throws HelicalError FILE_UNREADABLE; of a file that grows NOT_FOUND where it has no frame yet, WRONG_STATE where it has to be
 * complete first.
 */
export async function openPictureFile(
  tools: Tools,
  file: PictureFile,
  memory: PlaneMemory,
  onAlso: (picture: DecodedPicture) => void,
): Promise<OpenedFile> {
  if (file.isGrowing) return openGrowingFile(tools, file, memory);
  const { path, frames } = file;
  const described = await describeFile(tools.ffprobePath, path);
  const common = {
    ...{ ffmpegPath: tools.ffmpegPath, path, memory },
    pictureBytes: pictureBytes(described.picture),
  };
  if (isFedFrameByFrame(described)) {
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

/** Only where frames are counted, never by their times: what is lost while it is recorded would give them other numbers. */
async function openGrowingFile(
  { ffmpegPath, ffprobePath }: Tools,
  file: PictureFile,
  memory: PlaneMemory,
): Promise<OpenedFile> {
  const { path } = file;
  const places = await openGrowingPlaces(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
  await places?.readOn().catch((error: unknown) => {
    throw error instanceof RangeError ? lookedAtLater() : error;
  });
  if (!places || places.frames === 0) {
    throw new HelicalError('NOT_FOUND', {
      problem: 'No frame of this pass is on the disk yet.',
      remedy: 'Ask again when the recorder has written its first.',
    });
  }
  const described = await describeFile(ffprobePath, path);
  if (!isFedFrameByFrame(described) || places.trackNumber >= 127) throw lookedAtLater();
  const { pixelFormat, picture } = described;
  const { readOn } = places;
  const source = createFedSource({
    ...{ ffmpegPath, path, places, readOn, pixelFormat, memory },
    pictureBytes: pictureBytes(picture),
  });
  return { described, source };
}

function isFedFrameByFrame({ codec, container }: DescribedFile): boolean {
  return isSelfContained(codec) && container.includes('matroska');
}

function lookedAtLater(): HelicalError {
  return new HelicalError('WRONG_STATE', {
    problem: 'Frames of a recording of this kind can be looked at when it is over.',
    safe: 'The recording goes on.',
    remedy: 'The live picture shows what is being recorded.',
  });
}
