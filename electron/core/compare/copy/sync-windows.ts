import { soundLag } from '#core/compare/sound-lag.ts';
import { readSoundWindow } from '#core/compare/sound-window.ts';
import type { SyncWindow } from '#shared/domain/copy-certificate.ts';

/** Places from head to tail, one in so many seconds at most; how long each is listened to; how far the sounds may lie apart. */
const [mostPlaces, leastPlaces, apartS] = [9, 3, 4];
const [longestWindowS, marginS] = [4, 0.5];
/** A coded copy of a sound is like it; what is less alike is another place. */
const leastLikeness = 0.3;

export interface SyncRequest {
  ffmpegPath: string;
  pathA: string;
  pathB: string;
  /** Length that both have, and how much later the picture of B comes. */
  lengthS: number;
  pictureOffsetS: number;
  signal?: AbortSignal | undefined;
}

/** How much later the sound of B comes than its picture, at places from head to tail; those where it can be told. */
export async function syncWindows(request: SyncRequest): Promise<SyncWindow[]> {
  const { ffmpegPath, pathA, pathB, lengthS, pictureOffsetS, signal } = request;
  const windowS = Math.min(longestWindowS, lengthS / 2);
  // B may begin later than A: what is before its first sample is no sound to be found.
  const firstS = Math.max(0, -pictureOffsetS);
  const places = syncPlaces(lengthS);
  const found: SyncWindow[] = [];
  for (let place = 0; place < places; place++) {
    const startS = firstS + ((lengthS - windowS - firstS) * place) / (places - 1);
    if (startS < firstS || windowS <= 0) break;
    const [a, b] = await Promise.all([
      readSoundWindow({ ffmpegPath, path: pathA, startS, lengthS: windowS, signal }),
      readSoundWindow({
        ...{ ffmpegPath, path: pathB, signal },
        startS: startS + pictureOffsetS - marginS,
        lengthS: windowS + 2 * marginS,
      }),
    ]);
    const lag = a && b && soundLag(a, b, marginS);
    if (!lag || lag.likeness < leastLikeness) continue;
    found.push({
      atS: Math.round(startS * 1000) / 1000,
      lagMs: Math.round(lag.lagMs * 100) / 100,
      likeness: Math.round(lag.likeness * 1000) / 1000,
    });
  }
  return found;
}

/** Places that are listened to where both are so long; on a short one they lie over each other. */
export function syncPlaces(lengthS: number): number {
  return Math.max(leastPlaces, Math.min(mostPlaces, Math.round(lengthS / apartS)));
}

/** The lag with the largest size; null where there is none. */
export function largestLag(windows: readonly SyncWindow[]): number | null {
  return windows.reduce<number | null>(
    (most, { lagMs }) => (most === null || Math.abs(lagMs) > Math.abs(most) ? lagMs : most),
    null,
  );
}

/** How the lag grows: millionths, by least squares; null with fewer than three places, or all within a second. */
export function driftOf(windows: readonly SyncWindow[]): number | null {
  const spanS = (windows.at(-1)?.atS ?? 0) - (windows[0]?.atS ?? 0);
  if (windows.length < 3 || spanS < 1) return null;
  const meanS = windows.reduce((sum, { atS }) => sum + atS, 0) / windows.length;
  const meanMs = windows.reduce((sum, { lagMs }) => sum + lagMs, 0) / windows.length;
  let [products, squares] = [0, 0];
  for (const { atS, lagMs } of windows) {
    products += (atS - meanS) * (lagMs - meanMs);
    squares += (atS - meanS) ** 2;
  }
  return Math.round((1000 * products * 10) / squares) / 10;
}
