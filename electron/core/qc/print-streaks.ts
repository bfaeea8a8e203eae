import { mapBands } from '#shared/domain/tape-map.ts';
import { framesIn, type Series } from './series.ts';

/** Own limits. */
const limits = {
  /** Seconds that are looked at around a streak, and in how many parts. */
  seconds: 10,
  parts: 5,
  /** Frames with streaks in that time: fewer lie at one height by chance. */
  leastFrames: 8,
  /** Of the frames: a scratch along the tape shows in nearly all of them. */
  mostShare: 0.5,
  /** Longer streaks, and more lines in a frame, are no print. */
  mostPixels: 200,
  mostLines: 8,
  /** Pixels a frame that the picture moves in most of those frames: print in front of a still camera makes no streaks. */
  leastMotion: 3,
  leastMoving: 0.5,
  /** Of the places of streaks, so many lie within this part of the picture's height (in twelfths). */
  leastAtHeight: 0.9,
  bandsHigh: 4,
};

/**
 * One byte a frame: 1 where its streaks say nothing, since all that look so for seconds lie at one height of a picture that moves: print
 * a line or two high before a camera in the hand, seen by one field and not by the next. Dropouts lie anywhere.
 */
export function printStreaks(series: Series): Uint8Array {
  const [streaks, pixels] = [series.column('streakLines'), series.column('streakPixels')];
  const motion = series.column('motionStep');
  const { frames } = series;
  const print = new Uint8Array(frames);
  const part = Math.max(1, Math.round(framesIn(series, limits.seconds) / limits.parts));
  const parts = Math.ceil(frames / part);
  const [seen, moving] = [new Int32Array(parts), new Int32Array(parts)];
  for (let frame = 0; frame < frames; frame++) {
    if (!((streaks[frame] as number) > 0)) continue;
    const at = Math.floor(frame / part);
    seen[at] = (seen[at] as number) + 1;
    if ((motion[frame] as number) >= limits.leastMotion) moving[at] = (moving[at] as number) + 1;
  }
  const firstAround = (at: number) => Math.max(0, Math.min(at - (limits.parts >> 1), parts - limits.parts));
  const around = (counts: Int32Array, at: number) =>
    counts.subarray(firstAround(at), firstAround(at) + limits.parts);
  const isCandidate = (at: number) => {
    const here = around(seen, at);
    const inAll = sumOf(here);
    const isSpread = here.filter((count) => count > 0).length > here.length / 2;
    return (
      (seen[at] as number) > 0 &&
      inAll >= limits.leastFrames &&
      inAll <= limits.mostShare * here.length * part &&
      isSpread &&
      sumOf(around(moving, at)) >= limits.leastMoving * inAll
    );
  };
  const candidates = Array.from({ length: parts }, (_, at) => at).filter(isCandidate);
  if (candidates.length === 0) return print;
  const heights = heightsOf(series, streaks, part);
  for (const at of candidates) {
    const places = heights.map((counts) => sumOf(around(counts, at)));
    if (!isAtOneHeight(places)) continue;
    for (let frame = at * part; frame < Math.min(frames, (at + 1) * part); frame++) {
      const isShort =
        (pixels[frame] as number) < limits.mostPixels && (streaks[frame] as number) < limits.mostLines;
      if (isShort && (streaks[frame] as number) > 0) print[frame] = 1;
    }
  }
  return print;
}

/** For each twelfth of the picture's height: frames of every part that have damage there, of those with streaks. */
function heightsOf(series: Series, streaks: Float32Array, part: number): Int32Array[] {
  const valuesOf = (id: string) => series.range?.(id, 0, series.frames) ?? series.column(id);
  return Array.from({ length: mapBands }, (_, band) => {
    // One after the other, so that those of a long tape are not all in memory at once.
    const counts = new Int32Array(Math.ceil(series.frames / part));
    const [upper, lower] = [`damagedUpper${band + 1}`, `damagedLower${band + 1}`].map(valuesOf) as [
      Float32Array,
      Float32Array,
    ];
    for (let frame = 0; frame < series.frames; frame++) {
      if (!((streaks[frame] as number) > 0)) continue;
      if (!((upper[frame] as number) > 0 || (lower[frame] as number) > 0)) continue;
      const at = Math.floor(frame / part);
      counts[at] = (counts[at] as number) + 1;
    }
    return counts;
  });
}

function isAtOneHeight(places: readonly number[]): boolean {
  const all = sumOf(places);
  return places.some(
    (_, first) =>
      all > 0 && sumOf(places.slice(first, first + limits.bandsHigh)) >= limits.leastAtHeight * all,
  );
}

function sumOf(counts: Int32Array | readonly number[]): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
