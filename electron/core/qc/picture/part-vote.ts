import { nthSmallest } from '../nth-smallest.ts';

/** Pixels of the parts that a line's width is cut into. */
export const partPixels = 48;

/** Lines of a field that are looked at together, every `step`th of them. */
export interface Zone {
  from: number;
  to: number;
  step: number;
}

/** What the parts of a line's width say of it over some lines. */
export interface PartVote {
  clear(): void;
  /** Pixels that a part says of a line; NaN counts as silence. */
  add(part: number, pixels: number): void;
  /** Median of the parts' medians, of those that said something so many times; NaN where none did. */
  median(leastTimes: number): number;
  /** After `median`: how many parts voted. */
  voting(): number;
  /** After `median`: whether at least a share of them says more than some pixels in a direction (1 or -1). */
  agree(sign: number, pixels: number, share: number): boolean;
}

/** A count of what parts of the width say, so that no single thing of a scene can speak for all of a line. */
export function createPartVote(parts: number, mostTimes: number): PartVote {
  const said = new Float32Array(parts * mostTimes);
  const times = new Int32Array(parts);
  const ofPart = new Float32Array(mostTimes);
  const ofParts = new Float32Array(parts);
  let voting = 0;
  return {
    clear: () => times.fill(0),
    add(part, pixels) {
      if (Number.isNaN(pixels)) return;
      const count = times[part] as number;
      said[part * mostTimes + count] = pixels;
      times[part] = count + 1;
    },
    median(leastTimes) {
      voting = 0;
      for (let part = 0; part < parts; part++) {
        const count = times[part] as number;
        if (count === 0 || count < leastTimes) continue;
        ofPart.set(said.subarray(part * mostTimes, part * mostTimes + count));
        ofParts[voting++] = nthSmallest(ofPart, count, count >> 1);
      }
      return nthSmallest(ofParts, voting, voting >> 1);
    },
    voting: () => voting,
    agree(sign, pixels, share) {
      let agreeing = 0;
      for (let part = 0; part < voting; part++) if ((ofParts[part] as number) * sign > pixels) agreeing++;
      return agreeing >= share * voting;
    },
  };
}
