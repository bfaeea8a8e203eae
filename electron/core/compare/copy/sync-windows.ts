import { type SoundLag, soundLag } from '#core/compare/sound-lag.ts';
import { channelOf, readSoundWindow } from '#core/compare/sound-window.ts';
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
  /** Of B, where A has as many. */
  channelsOfTracks?: readonly number[] | undefined;
  signal?: AbortSignal | undefined;
}

/** How much later the sound of B comes than its picture, at places from head to tail; those where it can be told. */
export async function syncWindows(request: SyncRequest): Promise<SyncWindow[]> {
  const { lengthS, pictureOffsetS } = request;
  const windowS = Math.min(longestWindowS, lengthS / 2);
  // B may begin later than A: what is before its first sample is no sound to be found.
  const firstS = Math.max(0, -pictureOffsetS);
  const places = syncPlaces(lengthS);
  const found: SyncWindow[] = [];
  for (let place = 0; place < places; place++) {
    const startS = firstS + ((lengthS - windowS - firstS) * place) / (places - 1);
    if (startS < firstS || windowS <= 0) break;
    const lag = await lagAt(request, startS, windowS);
    if (!lag) continue;
    found.push({
      atS: Math.round(startS * 1000) / 1000,
      lagMs: Math.round(lag.lagMs * 100) / 100,
      likeness: Math.round(lag.likeness * 1000) / 1000,
    });
  }
  return found;
}

/** Of all channels as one; where they cancel each other, since one was turned over, of the first that tells it. */
async function lagAt(request: SyncRequest, startS: number, windowS: number): Promise<SoundLag | undefined> {
  const lag = lagOf(await windowsAt(request, startS, windowS, 1));
  const { channelsOfTracks: [channels = 1] = [] } = request;
  if (lag || channels === 1) return lag;
  const all = await windowsAt(request, startS, windowS, channels);
  for (let channel = 0; channel < channels; channel++) {
    const ofChannel = lagOf(all.map((samples) => samples && channelOf(samples, channel, channels)));
    if (ofChannel) return ofChannel;
  }
  return undefined;
}

function lagOf([a, b]: readonly (Float32Array | undefined)[]): SoundLag | undefined {
  const lag = a && b && soundLag(a, b, marginS);
  return lag && lag.likeness >= leastLikeness ? lag : undefined;
}

function windowsAt(
  { ffmpegPath, pathA, pathB, pictureOffsetS, signal }: SyncRequest,
  startS: number,
  lengthS: number,
  channels: number,
): Promise<(Float32Array | undefined)[]> {
  const window = { ffmpegPath, signal, layout: { track: 0, channels } };
  return Promise.all([
    readSoundWindow({ ...window, path: pathA, startS, lengthS }),
    readSoundWindow({
      ...{ ...window, path: pathB },
      startS: startS + pictureOffsetS - marginS,
      lengthS: lengthS + 2 * marginS,
    }),
  ]);
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
