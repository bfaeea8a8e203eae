import type { PictureRaster } from './instrument.ts';
import { partShift, sharpenRow, sharpSamples } from './part-shift.ts';
import { createPartVote, partPixels, type Zone } from './part-vote.ts';

/** Lines of a field: where a bend is strongest, where it fades, and two zones in which it should have gone. */
const zones = {
  first: { from: 0, to: 6, step: 1 },
  second: { from: 6, to: 12, step: 1 },
  fading: { from: 20, to: 32, step: 3 },
  straight: { from: 40, to: 72, step: 4 },
  lower: { from: 76, to: 104, step: 4 },
} as const;
const lastLine = 104;
const mostOfPart = 8;
/** Parts of a line's width that must show something upright, at the least. */
const leastParts = 4;
const leastOfLines = 0.6;
/** Detail must make this many times the slope that noise makes; what a shift does not explain is left to the vote. */
const leastOverNoise = 2;
const mostUnexplained = 1;
/** Pixels by which the fields lie apart at the least, more than below, and the share of the parts that say half of it. */
const leastPixels = 0.9;
const leastAgreeing = 0.75;
/** Of the bend, what the fields differ by: one head makes anything between none and all of what the other does. */
const partOfBend = 0.5;
/** Of the difference, what may be left where a bend fades, and between the two zones below: a camera that turns leaves most of it. */
const mostFading = 0.65;
const mostBelow = 0.25;

/**
 * By how many pixels the two fields of a picture lie apart at its top and nowhere below: heads meet a tape whose tension
 * is wrong each in its own way. Lines are held against both neighbours in the other field, so that whatever leans does so
 * both ways and cancels; what moves has moved below as well. A careful guess of the bend (positive: even rows to the right).
 * 0 where the fields do not differ so, NaN where too little stands upright.
 */
export function createFieldBend({
  width,
  height,
}: PictureRaster): (luma: Uint16Array, noiseCodes: number) => number {
  const samples = sharpSamples(width);
  const parts = Math.floor(width / partPixels);
  const inPart = Math.floor(samples / Math.max(1, parts));
  const [above, here, below] = [
    new Int32Array(samples),
    new Int32Array(samples),
    new Int32Array(samples),
  ] as const;
  const vote = createPartVote(parts, mostOfPart);

  return (luma, noiseCodes) => {
    if (height < 2 * lastLine + 6 || parts < leastParts) return Number.NaN;
    const straight = apart(luma, zones.straight, noiseCodes);
    if (vote.voting() < leastParts) return Number.NaN;
    const second = apart(luma, zones.second, noiseCodes) - straight;
    if (vote.voting() < leastParts - 1) return Number.NaN;
    const size = Math.abs(second);
    const sign = Math.sign(second);
    if (size < leastPixels || !vote.agree(sign, sign * straight + size / 2, leastAgreeing)) return 0;
    if (sign * (apart(luma, zones.fading, noiseCodes) - straight) > mostFading * size) return 0;
    const lower = apart(luma, zones.lower, noiseCodes) - straight;
    // Where nothing stands there, nothing tells a bend from a camera that turns.
    if (!(Math.abs(lower) <= mostBelow * size)) return 0;
    // Where lines lie far apart little of them can be compared: then there may be no first zone.
    const first = sign * (apart(luma, zones.first, noiseCodes) - straight);
    if (first < 0.8 * size) return 0;
    return (sign * (Number.isNaN(first) ? size : first)) / partOfBend;
  };

  /** Pixels by which the even rows lie aside of the odd ones around them: median over the parts, of medians. */
  function apart(luma: Uint16Array, { from, to, step }: Zone, noiseCodes: number): number {
    vote.clear();
    let lines = 0;
    for (let line = from; line < to; line += step, lines++) {
      const row = 4 + 2 * line;
      sharpenRow(luma, row - 1, width, above);
      sharpenRow(luma, row, width, here);
      sharpenRow(luma, row + 1, width, below);
      for (let part = 0; part < parts; part++) {
        const start = part * inPart;
        const against = (other: Int32Array) =>
          partShift(here, other, start, start + inPart, noiseCodes, leastOverNoise, mostUnexplained);
        vote.add(part, (against(above) + against(below)) / 2);
      }
    }
    return vote.median(leastOfLines * lines);
  }
}
