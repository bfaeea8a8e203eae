import { counted } from '#shared/i18n/counted.ts';
import { type FrameHashRow, readFrameHashFile } from './frame-hashes.ts';
import type { AudioHashComparison } from './master-check.ts';

/** Hashes of one track that the other list has not reached yet. */
interface Ahead {
  side: 'captured' | 'decoded';
  hashes: string[];
}

/**
 * Compares the blocks of sound taken at capture with those decoded from the master, track by track, in one read of both
 * lists. The order of the tracks among each other may differ (the muxer orders by timestamps, which Matroska rounds); the
 * order within a track may not.
 */
export async function compareSound(capturedPath: string, decodedPath: string): Promise<AudioHashComparison> {
  const captured = readFrameHashFile(capturedPath);
  const decoded = readFrameHashFile(decodedPath);
  const tracks = new Map<number, Ahead>();
  let blocks = 0;
  let differing = 0;
  let bytes = 0;

  function take(side: Ahead['side'], row: FrameHashRow): void {
    const key = `${row.sizeBytes} ${row.hash}`;
    const track = tracks.get(row.stream) ?? { side, hashes: [] };
    tracks.set(row.stream, track);
    if (track.hashes.length === 0 || track.side === side) {
      track.side = side;
      track.hashes.push(key);
      return;
    }
    blocks += 1;
    bytes += row.sizeBytes;
    if (track.hashes.shift() !== key) differing += 1;
  }

  const [left, right] = [captured.rows(), decoded.rows()];
  for (;;) {
    const [before, after] = [await left.next(), await right.next()];
    if (before.done && after.done) break;
    if (!before.done) take('captured', before.value);
    if (!after.done) take('decoded', after.value);
  }
  const leftOver = [...tracks.values()].filter(({ hashes }) => hashes.length > 0);
  const missing = countOf(leftOver, 'captured');
  const extra = countOf(leftOver, 'decoded');
  const equal = blocks > 0 && differing + missing + extra === 0 && !captured.cutLine && !decoded.cutLine;
  const isHeldBack = !equal && blocks > 0 && differing + missing === 0 && extra <= tracks.size;
  const compared = `${counted(tracks.size, 'track')}, ${blocks} blocks, ${bytes} bytes`;
  const measured = equal
    ? `${compared}: all equal`
    : `${compared}: ${differing} differ, ${missing} missing, ${extra} too many`;
  return { equal, ...(isHeldBack && !captured.cutLine && !decoded.cutLine ? { isHeldBack } : {}), measured };
}

function countOf(tracks: readonly Ahead[], side: Ahead['side']): number {
  return tracks.reduce((sum, track) => sum + (track.side === side ? track.hashes.length : 0), 0);
}
