import type { AlignedStretch } from '#shared/domain/alignment.ts';
import type { Likeness } from './likeness.ts';

/** Chance was never seen to carry an offset further than this, in frames. */
const longestChance = 500;
/** Other places that a stretch is held against: all near by, and some of all. */
const [nearOffsets, otherPlaces] = [600, 2000];
/** Nearer than this is the same place: calm pictures change little in so many frames. */
const samePlace = 3;
/**
 * What a stretch has to have over the best of all other places, in natural logarithm of odds. Chance could choose too: of the 90,000
 * offsets of an hour (e^11.4), and of 500 times 500 pairs of ends (e^12.4).
 */
const leastLead = 25;

/**
 * Whether stretches of one offset show more than what is found for their frames anywhere: lively pictures have a place in other lively
 * pictures that is far better than none, and calm ones are alike everywhere. What was taken for a stretch by that is told by this: other
 * places are as good. One long stretch is enough, one for which the other recording has no other place, or all of them taken together: a
 * scene that comes again every other second is told by where it begins and ends.
 */
export function areBeyondChance(
  stretches: readonly AlignedStretch[],
  likeness: Likeness,
  framesB: number,
): boolean {
  const alone = stretches.some((stretch) => {
    if (stretch.frames > longestChance) return true;
    const { startFrameA, frames } = stretch;
    const range = { first: -startFrameA, last: framesB - startFrameA - frames };
    return leads([stretch], likeness, framesB, range);
  });
  if (alone || stretches.length === 1) return alone;
  const starts = stretches.map(({ startFrameA }) => startFrameA);
  const ends = stretches.map(({ startFrameA, frames }) => startFrameA + frames);
  const range = { first: 1 - Math.max(...ends), last: framesB - 1 - Math.min(...starts) };
  return leads(stretches, likeness, framesB, range);
}

/** Whether their offset is better for the frames of these stretches than any other within a range, by what chance cannot give. */
function leads(
  stretches: readonly AlignedStretch[],
  likeness: Likeness,
  framesB: number,
  { first, last }: { first: number; last: number },
): boolean {
  const sumAt = (offset: number) => {
    let sum = 0;
    for (const { startFrameA, frames } of stretches) {
      const to = Math.min(startFrameA + frames, framesB - offset);
      for (let frame = Math.max(startFrameA, -offset); frame < to; frame++) {
        sum += likeness.of(frame, frame + offset);
      }
    }
    return sum;
  };
  const offsetFrames = stretches[0]?.offsetFrames ?? 0;
  const own = sumAt(offsetFrames);
  const stride = Math.max(1, Math.floor((last - first) / otherPlaces));
  for (let offset = first; offset <= last; offset++) {
    const distance = Math.abs(offset - offsetFrames);
    if (distance <= samePlace || (distance > nearOffsets && (offset - first) % stride !== 0)) continue;
    if (sumAt(offset) > own - leastLead) return false;
  }
  return true;
}
