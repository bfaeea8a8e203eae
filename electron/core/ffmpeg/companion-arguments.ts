import type { VideoFormat } from '#shared/domain/formats.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import { slicesOf } from './recorder-arguments.ts';

/**
 * Arguments for an FFV1 beside a master that is a tape's own stream (DV, HDV): its decoded frames, one for one, in its own
 * pixel format and with its own tags; its sound as PCM.
 */
export function companionArguments(job: {
  masterPath: string;
  companionPath: string;
  video: VideoFormat;
  master: MasterProfile['master'];
  threads: number;
}): string[] {
  const { video } = job;
  const fieldMode = { tff: 'tff', bff: 'bff', progressive: 'prog' }[video.fieldOrder];
  const fieldOrder = { tff: 'tt', bff: 'bb', progressive: 'progressive' }[video.fieldOrder];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', '-i', `file:${job.masterPath}`],
    ...['-map', '0:v:0', '-map', '0:a?', '-vf', `setparams=field_mode=${fieldMode}`],
    ...['-c:v', 'ffv1', '-level', '3', '-g', '1', '-slices', String(slicesOf(job.master, video))],
    ...['-slicecrc', '1', '-context', '0', '-threads', String(job.threads), '-field_order', fieldOrder],
    ...['-pix_fmt', video.pixelFormat, '-fps_mode', 'passthrough', '-c:a', 'pcm_s24le'],
    ...['-max_interleave_delta', '1000000', '-cluster_time_limit', '200', '-write_crc32', '1'],
    ...['-f', 'matroska', `file:${job.companionPath}`],
  ];
}
