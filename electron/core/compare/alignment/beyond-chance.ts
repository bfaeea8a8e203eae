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
 * Whether a stretch shows more than what is found for its frames anywhere: lively pictures have a place in other lively pictures that is far
 * better than none, and calm ones are alike everywhere. What was taken for a stretch by that is told by this: other places are as good.
 * Long stretches are, and those for which the other recording has no other place.
 */
export function isBeyondChance(
  { startFrameA, frames, offsetFrames }: AlignedStretch,
  likeness: Likeness,
  framesB: number,
): boolean {
  if (frames > longestChance) return true;
  const sumAt = (offset: number) => {
    let sum = 0;
    for (let frame = startFrameA; frame < startFrameA + frames; frame++)
      sum += likeness.of(frame, frame + offset);
    return sum;
  };
  const own = sumAt(offsetFrames);
  const [first, last] = [-startFrameA, framesB - startFrameA - frames];
  const stride = Math.max(1, Math.floor((last - first) / otherPlaces));
  for (let offset = first; offset <= last; offset++) {
    const distance = Math.abs(offset - offsetFrames);
    if (distance <= samePlace || (distance > nearOffsets && (offset - first) % stride !== 0)) continue;
    if (sumAt(offset) > own - leastLead) return false;
  }
  return true;
}
