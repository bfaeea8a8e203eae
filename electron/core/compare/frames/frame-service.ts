import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { createDecoderSlots } from './decoder-slots.ts';
import { createFileReader, type FileReader } from './file-reader.ts';
import { openPictureFile } from './opened-file.ts';
import type { Picture, PictureFile } from './picture.ts';
import { createPictureCache } from './picture-cache.ts';
import { createPlaneMemory } from './plane-memory.ts';

/** Pictures of any file by their number. */
export interface FrameService {
  /**
   * One frame, as it is in the file. Rejects with HelicalError NOT_FOUND behind the last frame, FILE_UNREADABLE where nothing of it can
   * be decoded, FFMPEG_FAILED, or with the signal's reason: what is not wanted any more is not decoded either.
   */
  picture(file: PictureFile, frame: number, signal?: AbortSignal): Promise<Picture>;
  /** Resolves when none of its decoders runs any more. */
  close(): Promise<void>;
}

export interface FrameServiceOptions {
  ffmpeg: Pick<Ffmpeg, 'ffmpegPath' | 'ffprobePath'>;
  /** Decoded pictures that are kept, of all files together. Default 256 MB: some 150 frames of SD with ten bits. */
  cacheBytes?: number;
  /** Decoders that run at once. Default 4: two passes, and the access copy of each. */
  decoders?: number;
  /** After so long without a question a file's decoder ends. Default a minute. */
  idleMs?: number;
}

/** What is known of files beyond these is forgotten: an index of an hour takes 2 MB. */
const filesAtMost = 16;
/** What is being decoded or sent, and is not kept any more: a dozen frames of HD. */
const sentAtOnceBytes = 64e6;

export function createFrameService(options: FrameServiceOptions): FrameService {
  const { ffmpeg, cacheBytes = 256e6, decoders = 4, idleMs = 60_000 } = options;
  const memory = createPlaneMemory(cacheBytes + sentAtOnceBytes);
  const cache = createPictureCache(cacheBytes, memory);
  const slots = createDecoderSlots(decoders);
  /** The one used longest ago first. */
  const readers = new Map<string, FileReader>();
  let closing: Promise<unknown> = Promise.resolve();

  function readerOf(file: PictureFile): FileReader {
    const reader =
      readers.get(file.key) ??
      createFileReader({
        ...{ key: file.key, cache, memory, slots, idleMs },
        open: () => openPictureFile(ffmpeg, file, memory, (picture) => cache.keep(file.key, picture)),
      });
    readers.delete(file.key);
    readers.set(file.key, reader);
    for (const [key, oldest] of readers) {
      if (readers.size <= filesAtMost) break;
      readers.delete(key);
      closing = Promise.all([closing, oldest.close()]);
    }
    return reader;
  }

  return {
    picture: (file, frame, signal) => readerOf(file).picture(frame, signal),
    async close() {
      await Promise.all([closing, ...readers.values().map((reader) => reader.close())]);
      cache.clear();
    },
  };
}
