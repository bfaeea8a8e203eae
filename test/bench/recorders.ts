import { join } from 'node:path';
import { encoderThreads } from '#core/capture/recorder-command.ts';
import type { OpenSource } from '#core/devices/device.ts';
import { recorderArguments } from '#core/ffmpeg/recorder-arguments.ts';
import { masterProfile } from './master-profile.ts';

/** Names inside the folder of one recording, the same on both sides. */
export const recorded = {
  master: 'master.mkv',
  frameHashes: 'master.framemd5',
  audioHashes: 'master.audiomd5',
} as const;

/** Helical's recorder, to the last argument. */
export function ourRecorder(source: OpenSource, folder: string): string[] {
  return recorderArguments({
    inputArgs: source.inputArgs,
    video: source.video,
    audio: source.audio,
    essence: source.essence,
    master: masterProfile.master,
    masterPath: join(folder, recorded.master),
    frameHashesPath: join(folder, recorded.frameHashes),
    audioHashesPath: join(folder, recorded.audioHashes),
    progressPath: join(folder, 'progress'),
    frames: undefined,
    threads: encoderThreads(),
    tags: { TITLE: 'bench' },
  });
}

/**
 * What somebody who knows ffmpeg would type for the same: the same master (FFV1 3, intra, 24 slices with CRC, 24-bit PCM) and
 * one hash a frame for picture and sound. Nothing of Helical's is in it: no filter graph, no progress file, no flushing.
 */
export function bareRecorder(source: OpenSource, folder: string): string[] {
  return [
    ...['-nostdin', '-n', ...source.inputArgs],
    ...['-map', '0:v', '-map', '0:a', '-c:v', 'ffv1', '-level', '3', '-g', '1', '-slices', '24'],
    ...['-slicecrc', '1', '-pix_fmt', 'yuv422p10le', '-threads', String(encoderThreads())],
    ...['-field_order', 'tt', '-color_primaries', 'bt470bg', '-color_trc', 'bt709', '-colorspace', 'bt470bg'],
    ...['-color_range', 'tv', '-c:a', 'pcm_s24le', join(folder, recorded.master)],
    ...['-map', '0:v', '-pix_fmt', 'yuv422p10le', '-f', 'framemd5', join(folder, recorded.frameHashes)],
    ...['-map', '0:a', '-c:a', 'pcm_s24le', '-f', 'framemd5', join(folder, recorded.audioHashes)],
  ];
}
