import type { VideoFormat } from './formats.ts';
import type { PassFile, SealCheck } from './pass.ts';

/**
 * Frames of the access copy that each frame of its master becomes: interlaced fields become frames of their own
 * (ffmpeg/access-copy-arguments.ts). The copy counts on without gaps, and so does a master that is sealed.
 */
export function accessFramesPerFrame({ fieldOrder }: Pick<VideoFormat, 'fieldOrder'>): 1 | 2 {
  return fieldOrder === 'progressive' ? 1 : 2;
}

/** The frame of the access copy made from a frame's earlier field (0), or its later one (1). */
export function accessFrameOf(
  video: Pick<VideoFormat, 'fieldOrder'>,
  masterFrame: number,
  field: 0 | 1 = 0,
): number {
  const perFrame = accessFramesPerFrame(video);
  return masterFrame * perFrame + Math.min(field, perFrame - 1);
}

/** The frame of the master that a frame of its access copy was made from, and which of its fields in time. */
export function masterFrameOf(
  video: Pick<VideoFormat, 'fieldOrder'>,
  accessFrame: number,
): { frame: number; field: 0 | 1 } {
  const perFrame = accessFramesPerFrame(video);
  return { frame: Math.floor(accessFrame / perFrame), field: accessFrame % perFrame === 1 ? 1 : 0 };
}

/**
 * Whether a pass has an access copy whose frames can be told by their number. Where time has gaps the copy repeats frames to stay with
 * its sound, and counts on beside its master from there: such a pass failed its seal, and its pictures are those of the master.
 */
export function hasCountedCopy(pass: {
  files: readonly Pick<PassFile, 'role'>[];
  sealChecks: readonly Pick<SealCheck, 'id' | 'ok'>[];
}): boolean {
  const hasGaps = pass.sealChecks.some(({ id, ok }) => id === 'timestamps' && !ok);
  return !hasGaps && pass.files.some(({ role }) => role === 'access');
}
