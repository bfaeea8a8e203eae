import type { MediaDescription } from '#core/ffmpeg/probe.ts';

/** When the first picture is shown, counted from the beginning of the file, as its sound is counted: players go by it. */
export function pictureStartS({
  startSeconds,
  video: [stream],
}: Pick<MediaDescription, 'startSeconds' | 'video'>): number {
  return Math.max(0, (stream?.startSeconds ?? 0) - (startSeconds ?? 0));
}
