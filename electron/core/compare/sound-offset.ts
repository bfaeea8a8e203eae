import type { AlignedStretch } from '#shared/domain/alignment.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { soundLag } from './sound-lag.ts';
import { readSoundWindow } from './sound-window.ts';

/** Windows that are listened to, how long they are, and how far apart the sounds may lie. */
const [windows, windowS, marginS] = [5, 4, 0.5];
/** Two playings of a tape are alike as far as hiss and wow allow; what is less alike is another place, or noise. */
const leastLikeness = 0.25;

export interface SoundOffsetRequest {
  ffmpegPath: string;
  pathA: string;
  pathB: string;
  frameRate: Rational;
  stretches: readonly AlignedStretch[];
  signal?: AbortSignal | undefined;
}

/**
 * How much later B's sound comes than A's, in ms, where their pictures lie on each other: the median of a few short windows
 * of the longest stretches, decoded and held against each other sample by sample. Null where nothing can be told.
 */
export async function soundOffsetMs(request: SoundOffsetRequest): Promise<number | null> {
  const { ffmpegPath, pathA, pathB, frameRate, signal } = request;
  const lagsMs: number[] = [];
  for (const { frame, offsetFrames } of placesOf(request)) {
    const secondsAt = (at: number) => (at * frameRate.den) / frameRate.num;
    const startS = secondsAt(frame);
    const [a, b] = await Promise.all([
      readSoundWindow({ ffmpegPath, path: pathA, startS, lengthS: windowS, signal }),
      readSoundWindow({
        ...{ ffmpegPath, path: pathB, signal },
        startS: secondsAt(frame + offsetFrames) - marginS,
        lengthS: windowS + 2 * marginS,
      }),
    ]);
    const lag = a && b && soundLag(a, b, marginS);
    if (lag && lag.likeness >= leastLikeness) lagsMs.push(lag.lagMs);
  }
  if (lagsMs.length === 0) return null;
  lagsMs.sort((one, other) => one - other);
  return Math.round((lagsMs[lagsMs.length >> 1] as number) * 100) / 100;
}

/** Evenly over what corresponds, each wholly within a stretch: sound must not be looked for across a jump. */
function placesOf({ stretches, frameRate }: SoundOffsetRequest): { frame: number; offsetFrames: number }[] {
  const needed = Math.ceil((windowS * frameRate.num) / frameRate.den);
  const usable = stretches.filter(({ frames }) => frames >= needed);
  const all = usable.reduce((sum, { frames }) => sum + frames - needed + 1, 0);
  return Array.from({ length: all === 0 ? 0 : windows }, (_, at) => {
    let left = Math.floor(((at + 0.5) * all) / windows);
    for (const { startFrameA, frames, offsetFrames } of usable) {
      const places = frames - needed + 1;
      if (left < places) return [{ frame: startFrameA + left, offsetFrames }];
      left -= places;
    }
    return [];
  }).flat();
}
