import type { MediaDescription } from '#core/ffmpeg/probe.ts';
import type { QcEvent } from '#shared/domain/qc.ts';
import type { PacketTimes } from '../time-gaps.ts';

/** Own: decoders of pictures that are reckoned from later ones keep the last back. */
const toleratedFrames = 1;

/**
 * Pictures that a head announces; 0 where it tells none. MXF tells a length in time. Matroska's is that of all tracks together:
 * what is cut there is told by its structure.
 */
function announcedFrames({ format, video: [stream] }: MediaDescription): number {
  if (!stream) return 0;
  if (stream.frameCount !== undefined) return stream.frameCount;
  const { durationSeconds, averageFrameRate, frameRate } = stream;
  const rate = averageFrameRate ?? frameRate;
  if (!/\bmxf\b/.test(format) || !durationSeconds || !rate) return 0;
  return Math.round((durationSeconds * rate.num) / rate.den);
}

/** Whether it can be told that a file holds fewer pictures than it should. */
export function isLengthAnnounced(described: MediaDescription): boolean {
  return announcedFrames(described) > 0;
}

/**
 * What a head announced and the file does not hold: an AVI, MOV or MXF that was cut plays to where it was cut, and nothing in
 * the decode says so. An AVI counts the places of pictures, also those that a capture lost:
 * those in between are told by its times. In MOV and MP4 an edit list may leave pictures out by intention: there it is no failure.
 */
export function announcedLengthEvents(
  described: MediaDescription,
  frames: number,
  times?: Pick<PacketTimes, 'inOrder' | 'tickS'>,
): QcEvent[] {
  const announced = announcedFrames(described);
  const reached = /\bavi\b/.test(described.format) ? placesOf(times) : 0;
  if (announced - Math.max(frames, reached) <= toleratedFrames) return [];
  const mayHaveEdits = /\b(mov|mp4)\b/.test(described.format);
  return [
    {
      check: 'file-length',
      ...{ startFrame: 0, endFrame: Math.max(0, frames - 1), confidence: mayHaveEdits ? 0.8 : 0.95 },
      severity: mayHaveEdits ? 'warn' : 'fail',
      evidence: { announced, measured: frames },
      message: `The head of the file announces ${announced} pictures, and ${frames} could be decoded: it ends early, or pictures in it are missing or damaged${mayHaveEdits ? ', or an edit list leaves them out' : ''}. Copy it again from where it came, and compare digests.`,
    },
  ];
}

/** Places of an AVI up to its last picture: its times are their numbers. */
function placesOf(times: Pick<PacketTimes, 'inOrder' | 'tickS'> | undefined): number {
  const last = times?.inOrder.at(-1);
  return times && last !== undefined ? Math.round(last / times.tickS) + 1 : 0;
}
