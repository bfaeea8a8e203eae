import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createSoundModeWatch, type SoundModeChange } from '#core/essence/dv-sound.ts';
import { dvFrameBytes, dvTimecode } from '#core/essence/dv-timecode.ts';
import { createVitcPictureReader, vitcLines, vitcSystemOf } from '#core/essence/vitc-picture.ts';
import { timecodeListEntry } from '#core/ffmpeg/timecode-list.ts';
import type { VideoFormat } from '#shared/domain/formats.ts';
import type { TimecodeSource } from '#shared/domain/pass.ts';
import { toNumber } from '#shared/domain/rational.ts';

type Followed = Pick<{ video: VideoFormat; essence: 'encode' | 'copy' }, 'video' | 'essence'>;

/** Whose word it is that a follower reads in a master: a tape's own stream has its subcode, a picture its lines. */
export function followedSource(essence: 'encode' | 'copy'): TimecodeSource {
  return essence === 'copy' ? 'dv-subcode' : 'vitc-picture';
}

/** What the decoder hands out for it: so many lines at the top of each picture, or the packets as they are; or nothing. */
export function timecodeOutputOf({ video, essence }: Followed): number | 'packets' | undefined {
  if (essence === 'copy') return dvFrameBytes(video) && 'packets';
  return vitcSystemOf(video) && Math.min(vitcLines, video.height);
}

export interface FollowedTimecode {
  /** Takes in what the decoder hands out, in any pieces. */
  write(chunk: Buffer): void;
  /** Where the sound of a tape's own stream changes its sampling frequency, as far as it was read. */
  readonly soundChanges: readonly SoundModeChange[];
  /** Resolves when the list is whole. */
  end(): Promise<void>;
}

/**
 * Reads the timecode that lies in the frames of one follower, writes it into a list and tells of every frame.
 * Undefined for frames that can carry none.
 */
export function readFollowedTimecode(
  options: Followed & { listPath: string; onFrame(frame: number, timecode: string | null): void },
): FollowedTimecode | undefined {
  const { video } = options;
  const reader = frameReader(options);
  if (!reader) return undefined;
  const piece = new Uint8Array(reader.bytes);
  const list = createWriteStream(options.listPath);
  const written = finished(list);
  // Awaited at the end; until then a full disk must not count as nobody's failure.
  written.catch(() => {});
  let filled = 0;
  let frame = 0;
  const sound = createSoundModeWatch();

  return {
    soundChanges: sound.changes,
    write(chunk) {
      for (let at = 0; at < chunk.length; ) {
        const part = chunk.subarray(at, at + piece.length - filled);
        piece.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled < piece.length) return;
        filled = 0;
        const timecode = reader.read(piece) ?? null;
        if (timecode !== null) {
          list.write(timecodeListEntry(frame, frame / toNumber(video.frameRate), timecode));
        }
        if (options.essence === 'copy') sound.add(frame, piece);
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

/** Bytes of a frame as they are handed out, and what they say. */
function frameReader(
  followed: Followed,
): { bytes: number; read(frame: Uint8Array): string | undefined } | undefined {
  const { video } = followed;
  const output = timecodeOutputOf(followed);
  if (output === undefined) return undefined;
  if (output === 'packets') return { bytes: dvFrameBytes(video) as number, read: dvTimecode };
  const system = vitcSystemOf(video);
  const reader = system && createVitcPictureReader(video, system);
  return reader && { bytes: video.width * output, read: (frame) => reader.read(frame)?.timecode };
}
