import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createVitcPictureReader, vitcLines, vitcSystemOf } from '#core/essence/vitc-picture.ts';
import { timecodeListEntry } from '#core/ffmpeg/timecode-list.ts';
import type { VideoFormat } from '#shared/domain/formats.ts';
import { toNumber } from '#shared/domain/rational.ts';

/** Lines at the top of each picture that the decoder hands out; undefined where there can be no VITC in them. */
export function timecodeLinesOf(video: VideoFormat): number | undefined {
  return vitcSystemOf(video) && Math.min(vitcLines, video.height);
}

export interface PictureTimecode {
  /** Takes in eight-bit luma as it comes out of the decoder, in any pieces. */
  write(chunk: Buffer): void;
  /** Resolves when the list is whole. */
  end(): Promise<void>;
}

/**
 * Reads the timecode that lies in the pictures of one follower, writes it into a list and tells of every frame.
 * Undefined for pictures that can carry none.
 */
export function readPictureTimecode(options: {
  video: VideoFormat;
  listPath: string;
  onFrame(frame: number, timecode: string | null): void;
}): PictureTimecode | undefined {
  const { video } = options;
  const system = vitcSystemOf(video);
  const lines = timecodeLinesOf(video);
  if (!system || lines === undefined) return undefined;
  const reader = createVitcPictureReader(video, system);
  const picture = new Uint8Array(video.width * lines);
  const list = createWriteStream(options.listPath);
  const written = finished(list);
  // Awaited at the end; until then a full disk must not count as nobody's failure.
  written.catch(() => {});
  let filled = 0;
  let frame = 0;

  return {
    write(chunk) {
      for (let at = 0; at < chunk.length; ) {
        const part = chunk.subarray(at, at + picture.length - filled);
        picture.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled < picture.length) return;
        filled = 0;
        const timecode = reader.read(picture)?.timecode ?? null;
        if (timecode !== null) {
          list.write(timecodeListEntry(frame, frame / toNumber(video.frameRate), timecode));
        }
        options.onFrame(frame, timecode);
        frame += 1;
      }
    },
    async end() {
      list.end();
      await written;
    },
  };
}
