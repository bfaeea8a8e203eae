import { runFfmpeg } from '#core/ffmpeg/run.ts';

/** Samples a second at which sounds are held against each other: a sixteenth of a millisecond apart, and cheap. */
export const windowRateHz = 16_000;

export interface SoundWindow {
  ffmpegPath: string;
  path: string;
  /** From the beginning of the file; what lies before it is silence. */
  startS: number;
  lengthS: number;
  signal?: AbortSignal | undefined;
}

/**
 * A short window of the first track of sound, all its channels as one. Silence stands for what lies outside of the file: sample `n` is
 * `startS + n / windowRateHz`. Undefined where there is no sound, or it cannot be read there.
 */
export async function readSoundWindow(window: SoundWindow): Promise<Float32Array | undefined> {
  const { ffmpegPath, path, startS, lengthS, signal } = window;
  const samples = new Float32Array(Math.round(lengthS * windowRateHz));
  const before = Math.max(0, -startS);
  if (before >= lengthS) return samples;
  const end = await runFfmpeg(
    ffmpegPath,
    [
      ...['-v', 'error', '-ss', Math.max(0, startS).toFixed(6), '-t', (lengthS - before).toFixed(6)],
      ...['-i', path, '-map', '0:a:0', '-vn', '-af', 'aresample=async=1:first_pts=0'],
      ...['-ac', '1', '-ar', String(windowRateHz), '-c:a', 'pcm_s16le', '-f', 's16le', 'pipe:1'],
    ],
    { signal, nice: 19 },
  );
  if (end.reason === 'aborted') throw signal?.reason ?? new Error('aborted');
  if (end.reason !== 'finished') return undefined;
  const first = Math.round(before * windowRateHz);
  const count = Math.min(end.stdout.length >> 1, samples.length - first);
  for (let at = 0; at < count; at++) samples[first + at] = end.stdout.readInt16LE(2 * at) / 32_768;
  return samples;
}
