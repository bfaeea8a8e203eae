import type { SyncWindow } from '#shared/domain/copy-certificate.ts';
import type { HeardChannel } from './heard-sound.ts';

/** A lag that the neighbouring piece has too is no chance; one piece alone has to be so alike. */
const [agreeMs, aloneLikeness] = [6, 0.8];
/** With so few there are no neighbours to agree. */
const fewPieces = 2;
/** Places that a certificate keeps, evenly, of those that were told. */
const mostKept = 40;

/** The largest lag of a channel with its sign; null where none is told. Lags that only chance can have found are left out. */
export function largestLag(pieces: readonly SyncWindow[]): SyncWindow | null {
  const isTold = ({ lagMs, likeness }: SyncWindow, at: number) =>
    pieces.length <= fewPieces ||
    likeness >= aloneLikeness ||
    [pieces[at - 1], pieces[at + 1]].some((near) => near && Math.abs(near.lagMs - lagMs) <= agreeMs);
  return pieces
    .filter(isTold)
    .reduce<SyncWindow | null>(
      (most, one) => (most === null || Math.abs(one.lagMs) > Math.abs(most.lagMs) ? one : most),
      null,
    );
}

/** Sound against picture, of all channels, each by itself. */
export interface HeardSync {
  syncMs: number | null;
  /** The channel that lies furthest off, counted from 0. */
  channel: number;
  driftPpm: number | null;
  /** Of the channel that tells most; as many as a certificate keeps. */
  windows: SyncWindow[];
  /** From the first of them to the last. */
  spanS: number;
  pieces: number;
}

export function syncOf(channels: readonly HeardChannel[]): HeardSync {
  let worst: { channel: number; lagMs: number } | undefined;
  for (const [channel, { pieces }] of channels.entries()) {
    const lag = largestLag(pieces);
    if (lag && (!worst || Math.abs(lag.lagMs) > Math.abs(worst.lagMs))) {
      worst = { channel, lagMs: lag.lagMs };
    }
  }
  const [told = []] = channels.map(({ pieces }) => pieces).toSorted((a, b) => b.length - a.length);
  const every = Math.max(1, Math.ceil(told.length / mostKept));
  return {
    syncMs: worst?.lagMs ?? null,
    channel: worst?.channel ?? 0,
    driftPpm: driftOf(told),
    windows: told.filter((_, at) => at % every === 0),
    spanS: (told.at(-1)?.atS ?? 0) - (told[0]?.atS ?? 0),
    pieces: told.length,
  };
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
