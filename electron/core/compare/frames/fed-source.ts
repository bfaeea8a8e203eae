import { type FileHandle, open } from 'node:fs/promises';
import { readFrameBlock, roomFor } from '#core/essence/frame-block.ts';
import type { FramePlaces } from '#core/essence/frame-places.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { type FedDecoder, type FedPicture, startFedDecoder } from './fed-decoder.ts';
import type { PictureSource } from './picture-source.ts';
import type { PlaneMemory } from './plane-memory.ts';

export interface FedSourceOptions {
  ffmpegPath: string;
  path: string;
  places: FramePlaces;
  /** For a file that grows: finds the places of what has come since. */
  readOn?: () => Promise<void>;
  pixelFormat: string;
  pictureBytes: number;
  memory: PlaneMemory;
}

/**
 * Frames of a file in which each stands for itself, from one decoder that is fed the coded bytes of the frame that is wanted: any order
 * costs one decode, no seek and no start.
 */
export function createFedSource({ path, places, readOn, ...options }: FedSourceOptions): PictureSource {
  const track = { entry: places.trackEntry, number: places.trackNumber };
  let decoder: FedDecoder | undefined;
  let file: FileHandle | undefined;
  /** Frames of one file are nearly of one size. */
  let roomBytes = roomFor(0);
  /**
   * Memory for coded bytes: of the last good frame, which the decoder may be given once more, and for the next. Taken anew for each frame it
   * would be garbage, and each page of it would have to be asked of the system.
   */
  let [good, spare] = [undefined as Buffer | undefined, undefined as Buffer | undefined];
  let isClosed = false;

  async function rest(): Promise<void> {
    const [ending, closing] = [decoder, file];
    forgetMemory();
    decoder = undefined;
    file = undefined;
    ending?.kill();
    await closing?.close();
    await ending?.ended;
  }

  function forgetMemory(): void {
    [good, spare] = [undefined, undefined];
  }

  async function codedFrame(frame: number): Promise<{ coded: Buffer; memory: Buffer } | undefined> {
    const reading = file ?? (await open(path, 'r'));
    file = reading;
    if (isClosed) {
      await rest();
      return undefined;
    }
    const memory = spare && spare.length >= roomBytes ? spare : Buffer.allocUnsafeSlow(roomBytes);
    spare = undefined;
    const coded = await readFrameBlock(reading, places, frame, memory).catch(async (error: unknown) => {
      // Of a disk that went and came back only a file that is opened anew can be read.
      file = undefined;
      await reading.close();
      throw error;
    });
    if (!coded && (await endsBefore(reading, frame))) throw cutShort(frame);
    if (coded) roomBytes = Math.max(roomBytes, roomFor(Math.ceil(coded.length * 1.2)));
    return coded && { coded, memory };
  }

  async function endsBefore(reading: FileHandle, frame: number): Promise<boolean> {
    const { size } = await reading.stat();
    return size <= places.clusterOffsets.at(frame) + places.placesInCluster.at(frame);
  }

  async function pass(codedFrame: Buffer): Promise<FedPicture> {
    if (isClosed) return 'died';
    if (!decoder || decoder.hasEnded) {
      decoder = await startFedDecoder({ ...options, track });
      // Closed meanwhile.
      if (isClosed) await rest();
    }
    return decoder ? decoder.pass(codedFrame) : 'died';
  }

  return {
    get frames() {
      return places.frames;
    },
    ...(readOn && { readOn }),
    get isRunning() {
      return decoder !== undefined && !decoder.hasEnded;
    },
    async decode(frame) {
      const read = await codedFrame(frame);
      if (!read) return undefined;
      const { coded, memory } = read;
      let picture = await pass(coded);
      const isWhole = typeof picture === 'object' && picture.isWhole;
      if (typeof picture === 'object' && isWhole && picture.hasTakenAll) [spare, good] = [good, memory];
      // What the decoder holds now depends on what comes of it.
      else forgetMemory();
      if (!isWhole) {
        // A decoder fills what it cannot read from the frame that it had before: that has to be the one before it on the tape.
        const before = frame > 0 ? await codedFrame(frame - 1) : undefined;
        for (const other of [picture, before ? await pass(before.coded) : undefined]) {
          if (typeof other === 'object') options.memory.release(other.planes);
        }
        picture = await pass(coded);
      }
      if (picture === 'died') throw decoderDied(frame, (await decoder?.ended)?.said);
      return picture === 'none' ? undefined : { frame, planes: picture.planes, damaged: !picture.isWhole };
    },
    rest,
    async close() {
      isClosed = true;
      await rest();
    },
  };
}

function cutShort(frame: number): HelicalError {
  return new HelicalError('FILE_UNREADABLE', {
    problem: `The file ends before frame ${frame}: it had that frame when it was opened, and was cut short since.`,
    remedy: 'Bring the whole file back, then ask again.',
  });
}

function decoderDied(frame: number, said: string | undefined): HelicalError {
  return new HelicalError('FFMPEG_FAILED', {
    problem: `The decoder ended at frame ${frame}, twice${said === undefined ? '' : `: ${said}`}.`,
    safe: 'The file was not changed.',
    remedy: 'Ask for another frame, or for this one again.',
  });
}
