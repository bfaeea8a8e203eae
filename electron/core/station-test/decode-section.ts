import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { VideoFormat } from '#shared/domain/formats.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { gridSide } from './flashes.ts';
import { pictureSizeBytes, readPicture } from './picture.ts';
import type { PicturePair } from './picture-noise.ts';

/** A stretch of a master that is decoded for measuring. */
export interface Section {
  firstFrame: number;
  frames: number;
}

export interface DecodedSection extends Section {
  /** Mean levels of 8 x 8 parts of each frame. */
  grid: Uint16Array;
  /** Neighbouring frames, with the first one's number in the section. */
  pairs: { frame: number; pair: PicturePair }[];
  /** How much later than the sound the picture begins, in seconds. */
  pictureLateS: number;
  /** Samples of each channel, 1 is full scale. */
  channels: Float32Array[];
}

const pairsASection = 12;

/**
 * Decodes a stretch: a small grid of every frame, a dozen pairs of frames whole, all sound. Files go to a temporary folder.
 * @param trackChannels channels of each audio track, in order. Throws HelicalError FILE_UNREADABLE.
 */
export async function decodeSection(
  path: string,
  section: Section,
  options: {
    ffmpegPath: string;
    video: VideoFormat;
    trackChannels: readonly number[];
    sampleRateHz: number;
    signal?: AbortSignal | undefined;
    onFrames?: ((frames: number) => void) | undefined;
  },
): Promise<DecodedSection> {
  const { video, trackChannels } = options;
  const folder = await mkdtemp(join(tmpdir(), 'helical-station-test-'));
  try {
    const firsts = pairFrames(section.frames);
    const rate = toNumber(options.video.frameRate);
    await decode(path, section, firsts, folder, options);
    const whole = await readFile(join(folder, 'frames.raw'));
    const sizeBytes = pictureSizeBytes(video.width, video.height);
    const picture = (index: number) =>
      readPicture(whole.subarray(index * sizeBytes, (index + 1) * sizeBytes), video.width, video.height);
    const found = Math.floor(whole.byteLength / sizeBytes / 2);
    const sound = trackChannels.map(async (channels, track) =>
      splitChannels(await readFile(join(folder, `sound-${track}.raw`)), channels),
    );
    const grid = await readFile(join(folder, 'grid.raw'));
    return {
      ...section,
      pictureLateS: section.firstFrame / rate - startOf(section, rate),
      grid: new Uint16Array(new Uint8Array(grid).buffer),
      pairs: firsts.slice(0, found).map((frame, index) => ({
        frame,
        pair: [picture(index * 2), picture(index * 2 + 1)] as const,
      })),
      channels: (await Promise.all(sound)).flat(),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** First frames of pairs all over a stretch, at uneven distances: what comes round evenly must not be met each time. */
export function pairFrames(frames: number): number[] {
  const count = Math.min(pairsASection, Math.floor(frames / 2));
  const step = frames / Math.max(1, count);
  return Array.from({ length: count }, (_, index) => {
    const within = Math.max(0, Math.floor(step) - 2);
    return Math.floor(index * step) + (within === 0 ? 0 : (index * 7 + 3) % (within + 1));
  });
}

async function decode(
  path: string,
  section: Section,
  firsts: readonly number[],
  folder: string,
  options: Parameters<typeof decodeSection>[2],
): Promise<void> {
  const rate = toNumber(options.video.frameRate);
  const chosen = firsts.flatMap((frame) => [`eq(n\\,${frame})`, `eq(n\\,${frame + 1})`]).join('+');
  const graph = [
    '[0:v:0]format=yuv422p10le,split=2[all][some]',
    `[all]extractplanes=y,scale=${gridSide}:${gridSide}:flags=area,format=gray10le[grid]`,
    `[some]select=${chosen}[frames]`,
  ].join(';');
  const rawPicture = (name: string) => [
    '-fps_mode',
    'passthrough',
    '-c:v',
    'rawvideo',
    '-f',
    'rawvideo',
    join(folder, name),
  ];
  const end = await runFfmpeg(
    options.ffmpegPath,
    [
      ...['-v', 'error', '-ss', startOf(section, rate).toFixed(6), '-t', (section.frames / rate).toFixed(6)],
      ...['-i', `file:${path}`, '-filter_complex', graph],
      ...['-map', '[grid]', ...rawPicture('grid.raw'), '-map', '[frames]', ...rawPicture('frames.raw')],
      ...options.trackChannels.flatMap((_, track) => [
        ...['-map', `0:a:${track}`, '-af', 'aresample=async=1:first_pts=0', '-c:a', 'pcm_f32le'],
        ...['-ar', String(options.sampleRateHz), '-f', 'f32le', join(folder, `sound-${track}.raw`)],
      ]),
    ],
    {
      nice: 5,
      signal: options.signal,
      onProgress: ({ frame }) => {
        if (frame !== undefined) options.onFrames?.(frame);
      },
    },
  );
  if (end.reason === 'finished') return;
  if (end.reason === 'aborted') throw options.signal?.reason ?? new Error('aborted');
  throw new HelicalError('FILE_UNREADABLE', {
    problem: `The test recording could not be decoded: ${end.lastError}.`,
    safe: 'The recording was not changed.',
  });
}

/** Half a frame early: Matroska keeps times in whole milliseconds, and the frame at or behind it is meant. */
function startOf({ firstFrame }: Section, rate: number): number {
  return Math.max(0, (firstFrame - 0.5) / rate);
}

function splitChannels(bytes: Uint8Array, channels: number): Float32Array[] {
  const samples = new Float32Array(new Uint8Array(bytes).buffer, 0, Math.floor(bytes.byteLength / 4));
  const length = Math.floor(samples.length / channels);
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length }, (__, index) => samples[index * channels + channel] as number),
  );
}
