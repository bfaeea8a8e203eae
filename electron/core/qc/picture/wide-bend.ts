import type { PictureRaster } from './instrument.ts';
import { partShift, sharpenRow, sharpSamples } from './part-shift.ts';
import { createPartVote, partPixels, type Zone } from './part-vote.ts';

/** Lines of a field: where a bend is strongest, where it fades, and where it should have gone. */
const zones = {
  first: { from: 0, to: 6, step: 1 },
  second: { from: 6, to: 12, step: 1 },
  third: { from: 12, to: 20, step: 1 },
  fading: { from: 20, to: 32, step: 2 },
  straight: { from: 40, to: 72, step: 4 },
} as const;
const lastLine = 72;
/** Lines of both fields in the largest zone. */
const mostOfPart = 16;
/** Parts of a line's width that must show something upright at the top, at the least. */
const leastParts = 6;
/**
 * Parts that the width has to give at all: that of standard definition, 640 pixels and more. Letters burnt into the top of a smaller picture
 * fill most of its parts, and lean as they please: a time code took seven of the ten parts of 480 pixels.
 */
const leastOfWidth = 13;
/** Of the lines of a zone, those in which a part must have shown something. */
const leastOfLines = 0.7;
/** Detail must make this many times the slope that noise makes. */
const leastOverNoise = 2;
/** Whatever a shift does not explain is left to the vote of the parts. */
const mostUnexplained = 1;
/** Pixels from line to line that the first lines lean at the least: what leans in a room is half of that over the whole width. */
const leastSlant = 0.75;
/** Of the parts, those that lean the same way, by a fifth of the whole at the least. */
const leastAgreeing = 0.7;
/** Of the slant of the first lines: what may be left where a bend should have gone. */
const mostBelow = 0.45;

/**
 * How far the top of the picture lies aside, in pixels (positive: to the right), by a vote of all parts of the width.
 * Each edge of a scene leans its own way, and about as much over all of its height; a bend of the line itself leans
 * all of them alike, most in the first lines and less in each that follows. So it is found where leaves and boards hide
 * it from line to line. 0 where the parts do not agree or the slant does not fade, NaN where too few show anything.
 */
export function createWideBend({
  width,
  height,
}: PictureRaster): (luma: Uint16Array, noiseCodes: number) => number {
  const samples = sharpSamples(width);
  const parts = Math.floor(width / partPixels);
  const inPart = Math.floor(samples / Math.max(1, parts));
  let here = new Int32Array(samples);
  let below = new Int32Array(samples);
  const vote = createPartVote(parts, mostOfPart);

  return (luma, noiseCodes) => {
    if (height < 2 * lastLine + 6 || parts < leastOfWidth) return Number.NaN;
    const first = slantOf(luma, zones.first, noiseCodes);
    if (vote.voting() < leastParts) return Number.NaN;
    const sign = Math.sign(first);
    const size = Math.abs(first);
    if (size < leastSlant || !vote.agree(sign, 0.2 * size, leastAgreeing)) return 0;
    const second = sign * slantOf(luma, zones.second, noiseCodes);
    const third = sign * slantOf(luma, zones.third, noiseCodes);
    const fading = sign * slantOf(luma, zones.fading, noiseCodes);
    const straight = slantOf(luma, zones.straight, noiseCodes);
    // Where a zone shows nothing, it says nothing against it.
    if (second < 0 || second > 1.3 * size || third > 0.9 * size || third < -mostBelow * size) return 0;
    if (Math.abs(fading) > mostBelow * size || Math.abs(straight) > mostBelow * size) return 0;
    const lines = ({ from, to }: Zone, slant: number) => (to - from) * (Number.isNaN(slant) ? 0 : slant);
    return sign * (lines(zones.first, size) + lines(zones.second, second) + lines(zones.third, third));
  };

  /** Median over the parts of the width of what each leans from line to line, medians too. */
  function slantOf(luma: Uint16Array, { from, to, step }: Zone, noiseCodes: number): number {
    vote.clear();
    let lines = 0;
    for (const firstRow of [2, 3]) {
      for (let line = from; line < to; line += step) {
        if (line === from || step > 1) sharpenRow(luma, firstRow + 2 * line, width, here);
        sharpenRow(luma, firstRow + 2 * line + 2, width, below);
        lines++;
        for (let part = 0; part < parts; part++) {
          const start = part * inPart;
          vote.add(
            part,
            partShift(here, below, start, start + inPart, noiseCodes, leastOverNoise, mostUnexplained),
          );
        }
        [here, below] = [below, here];
      }
    }
    return vote.median(leastOfLines * lines);
  }
}
