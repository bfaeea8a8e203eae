import type { MediaDescription } from '#core/ffmpeg/probe.ts';
import type { QcEvent } from '#shared/domain/qc.ts';

/** Own: decoders of pictures that are reckoned from later ones keep the last back. */
const toleratedFrames = 1;

/** Whether a head tells how many pictures the file has. Matroska's does not: what is cut there is told by its structure. */
export function isLengthAnnounced({ video }: MediaDescription): boolean {
  return (video[0]?.frameCount ?? 0) > 0;
}

/**
 * What a head announced and the file does not hold: an AVI, MOV or MXF that was cut plays to where it was cut, and nothing in
 * the decode says so. In MOV and MP4 an edit list may leave pictures out by intention: there it is no failure.
 */
export function announcedLengthEvents({ format, video }: MediaDescription, frames: number): QcEvent[] {
  const announced = video[0]?.frameCount ?? 0;
  if (announced - frames <= toleratedFrames) return [];
  const mayHaveEdits = /\b(mov|mp4)\b/.test(format);
  return [
    {
      check: 'file-length',
      ...{ startFrame: 0, endFrame: Math.max(0, frames - 1), confidence: mayHaveEdits ? 0.8 : 0.95 },
      severity: mayHaveEdits ? 'warn' : 'fail',
      evidence: { announced, measured: frames },
      message: `The head of the file announces ${announced} pictures, and ${frames} could be decoded: it ends early, or pictures in it are missing or damaged. Copy it again from where it came, and compare digests.`,
    },
  ];
}
