import type { QcEvent } from '#shared/domain/qc.ts';

/** What a decoder said while it decoded a file to its end. */
export interface DecoderComplaints {
  /** A line that it wrote; lines of filters and writers are passed over. */
  take(line: string): void;
  /** `frameAt`: the picture that is shown at a time of the file, in seconds. */
  events(frames: number, frameAt: (seconds: number) => number): QcEvent[];
}

/**
 * libavcodec/ffv1dec.c: each slice of FFV1 has a CRC, and a picture of which one does not fit is given all the same. Up to ffmpeg 7.0 the time
 * follows without a space; frames without a time say none.
 */
const slice = /slice CRC mismatch [0-9A-F]+!(?:\s*at (-?[\d.]+) seconds)?/;
/** Who speaks, of ffmpeg's rooms: `[vist#0:0/ffv1 @ 0x55] [dec:ffv1 @ 0x56] `. */
const context = /^(?:\[([^\]@]+) @ [^\]]*\] )+/;
/** fftools up to 6.0, which name the stream, and from 6.1 on: a packet of which no picture or no sound came. */
const refused =
  /^(?:Error while decoding stream #\d+:(\d+)|Error submitting packet to decoder|Decoding error)/;

/** A stream of MPEG-2 that begins in mid tape (HDV) has pictures in front of its first head: they are none of a damaged file. */
const beforeFirstHead = 'Invalid frame dimensions 0x0';

/** Own: so many places are told one by one; in a file with more the last reaches to the end of what is damaged. */
const mostPlaces = 200;
/** Times of one tape's pictures: no more are remembered. */
const mostTimes = 1_000_000;

/**
 * Listens to what the decoders of these codecs complain of: a file that is read to its end may have had pictures made up in it, and nothing in
 * their measures says so. Where FFV1's own checksums do not fit it is certain, and which pictures; else it is the decoder's word.
 * @param pictureStream its number in the file: a packet of it that gives no picture is a failure, one of sound may be a tag behind it.
 */
export function listenToDecoders(codecs: readonly string[], pictureStream?: number): DecoderComplaints {
  const names = codecs.map((name) => name.replaceAll(/\W/g, '\\$&'));
  const ofDecoder = new RegExp(`^\\[(?:dec:)?(?:${names.join('|')})\\w* @`);
  const times: number[] = [];
  let slices = 0;
  let others = 0;
  let isPictureRefused = false;
  let first = '';
  return {
    take(line) {
      const damaged = slice.exec(line);
      if (damaged) {
        slices += 1;
        if (damaged[1] !== undefined && times.length < mostTimes) times.push(Number(damaged[1]));
        return;
      }
      // What FFV1 says beside it belongs to the same picture.
      if (/^\[ffv1 @/.test(line) && slices > 0) return;
      if (line.includes(beforeFirstHead)) return;
      const packet = refused.exec(line.replace(context, ''));
      if (!packet && !(names.length > 0 && ofDecoder.test(line))) return;
      if (packet) isPictureRefused ||= /^\[vist#/.test(line) || Number(packet[1]) === pictureStream;
      others += 1;
      first ||= withoutPlace(line);
    },
    events(frames, frameAt) {
      const last = Math.max(0, frames - 1);
      const found: QcEvent[] = places(times.map((time) => Math.min(last, frameAt(time)))).map((place) => ({
        // It has its place in the tape, unlike what is said of the whole file (file-…).
        check: 'slice-errors',
        ...place,
        severity: 'fail',
        confidence: 1,
        evidence: { slices },
        message:
          'The checksum in the picture itself does not fit: part of it is not what was encoded. Compare the digest of the file with the one taken when it was made, and fetch another copy.',
      }));
      if (others > 0 || (slices > 0 && found.length === 0)) {
        found.push({
          check: 'file-decoding',
          ...{ startFrame: 0, endFrame: last, confidence: 0.8 },
          severity: slices > 0 || isPictureRefused ? 'fail' : 'warn',
          evidence: { complaints: others + slices },
          message: `The decoder complained of damage, and went on as well as it could (${others + slices} times${first && `, first: ${first}`}). Compare the digest of the file with the one taken when it was made, and look at the picture.`,
        });
      }
      return found;
    },
  };
}

/** Frames as stretches without a gap. */
function places(frames: readonly number[]): { startFrame: number; endFrame: number }[] {
  const found: { startFrame: number; endFrame: number }[] = [];
  for (const frame of [...new Set(frames)].sort((a, b) => a - b)) {
    const latest = found.at(-1);
    if (latest && (frame === latest.endFrame + 1 || found.length === mostPlaces)) latest.endFrame = frame;
    else found.push({ startFrame: frame, endFrame: frame });
  }
  return found;
}

/** A line without the addresses in it, which mean nothing to anybody. */
function withoutPlace(line: string): string {
  return line.replace(context, '$1: ').trim().slice(0, 160);
}
