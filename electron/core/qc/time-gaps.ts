import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Rational } from '#shared/domain/rational.ts';
import type { TimeGap } from './series.ts';

/** A gap is told from uneven times by this much over one frame. */
const leastGapFrames = 1.5;
/** Own: a file with more of them has no fixed rate; then a longer wait is no loss. */
const mostShare = 0.02;
/** A short file may have a few all the same. */
const leastUneven = 3;

/** Arguments of one more output of a decode: packets of the picture with their times, none of them decoded again. */
export function packetTimesOutput(path: string): string[] {
  return ['-map', '0:v:0', '-c', 'copy', '-copyinkf', '-f', 'framecrc', path];
}

/**
 * Where a file's own times say that frames are missing: reads what `packetTimesOutput` wrote. Nothing is said of files whose
 * rate varies. `frame`: the first one behind a gap, counted in the order of showing.
 */
export async function readTimeGaps(path: string, frameRate: Rational): Promise<TimeGap[]> {
  const times: number[] = [];
  let tick = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const base = /^#tb 0: (\d+)\/(\d+)/.exec(line);
    if (base) tick = Number(base[1]) / Number(base[2]);
    // Stream, decoding time, time, duration, size, checksum.
    const packet = /^0, *-?\d+, *(-?\d+),/.exec(line);
    if (packet) times.push(Number(packet[1]) * tick);
  }
  times.sort((a, b) => a - b);
  const gaps: TimeGap[] = [];
  for (const [frame, time] of times.entries()) {
    if (frame === 0) continue;
    const frames = ((time - (times[frame - 1] as number)) * frameRate.num) / frameRate.den;
    if (frames >= leastGapFrames) gaps.push({ frame, lostFrames: Math.round(frames) - 1 });
  }
  return gaps.length > Math.max(leastUneven, mostShare * times.length) ? [] : gaps;
}
