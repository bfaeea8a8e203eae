import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { MasterExpectation } from './master-check.ts';

/** For tests: what the profile would expect of `makeTestMaster`. */
export const testExpectation: MasterExpectation = {
  frameRate: { num: 25, den: 1 },
  width: 192,
  height: 144,
  fieldOrder: 'tff',
  sar: { num: 12, den: 11 },
  colour: { primaries: 'bt470bg', transfer: 'bt709', matrix: 'bt470bg', range: 'tv' },
  slices: 24,
  bitsPerSample: 10,
  audioTracks: [
    { channels: 1, bitDepth: 24, sampleRateHz: 48000 },
    { channels: 2, bitDepth: 24, sampleRateHz: 48000 },
  ],
  essence: 'ffv1',
};

export interface TestMasterOptions {
  name?: string;
  seconds?: number;
  pixelFormat?: string;
  /** Arguments of the video encoder in place of FFV1 3, g 1, 24 slices with CRC. */
  encoder?: readonly string[];
  /** Filters in place of the PAL tags. */
  filters?: string;
  /** More output arguments, e.g. metadata. */
  muxer?: readonly string[];
  audio?: boolean;
}

/**
 * For tests: writes a small master with real ffmpeg, as a capture does it, and beside it the hashes of its frames and of its sound
 * before they were encoded.
 */
export function makeTestMaster(folder: string, options: TestMasterOptions = {}) {
  const { name = 'master', seconds = 1, pixelFormat = 'yuv422p10le', audio = true } = options;
  const master = join(folder, `${name}.mkv`);
  const frames = join(folder, `${name}.framehash`);
  const sound = join(folder, `${name}.audiohash`);
  const tags =
    'setparams=field_mode=tff:color_primaries=bt470bg:color_trc=bt709:colorspace=bt470bg:range=limited';
  const filters = options.filters ?? `${tags},setsar=12/11`;
  const encoder = options.encoder ?? ['ffv1', '-level', '3', '-g', '1', '-slicecrc', '1', '-slices', '24'];
  const audioMaps = audio ? ['-map', '1:a', '-map', '2:a'] : [];
  const input = (source: string) => ['-f', 'lavfi', '-i', `${source}:d=${seconds}`];
  runFfmpeg([
    ...input(`testsrc2=s=192x144:r=25`),
    ...(audio ? [...input('sine=f=440:r=48000'), ...input('aevalsrc=sin(900*t)|sin(1300*t):s=48000')] : []),
    ...['-map', '0:v', ...audioMaps, '-vf', `format=${pixelFormat},${filters}`, '-c:v', ...encoder],
    ...['-c:a', 'pcm_s24le', ...(options.muxer ?? []), master],
    ...['-map', '0:v', '-vf', `format=${pixelFormat},${filters}`, '-f', 'framehash', '-hash', 'md5', frames],
    ...(audio
      ? [
          ...audioMaps,
          '-c:a',
          'pcm_s24le',
          '-af',
          'asetnsamples=n=1920:p=0',
          '-f',
          'framehash',
          '-hash',
          'md5',
          sound,
        ]
      : []),
  ]);
  return { master, frames, sound };
}

/** For tests: decodes a master to hash lists of the same form. */
export function decodeTestMaster(master: string): { frames: string; audio: string } {
  const frames = `${master}.decoded.framehash`;
  const audio = `${master}.decoded.audiohash`;
  runFfmpeg([
    ...['-i', master, '-map', '0:v', '-f', 'framehash', '-hash', 'md5', frames],
    ...[
      '-map',
      '0:a',
      '-c:a',
      'pcm_s24le',
      '-af',
      'asetnsamples=n=1920:p=0',
      '-f',
      'framehash',
      '-hash',
      'md5',
      audio,
    ],
  ]);
  return { frames, audio };
}

/** For tests: runs ffmpeg quietly; its words are in the error when it fails. */
export function runFfmpeg(args: readonly string[]): void {
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
