/** Power is told block by block of so long: longer than sound may lie beside its place. */
export const blockS = 0.025;
/** -44 dB of full scale: what is softer coders may leave out. */
const leastPower = 0.006 ** 2;
/** 12 dB softer than the other side, and than its neighbours, for a tenth of a second on end: no coder does that. */
const [timesSofter, leastBlocks] = [16, 4];
/** Places that are kept, of however many. */
const mostKept = 20;

/** Where one side sounds and the other does not: `missing` in the copy, or `added` to it. */
export interface SoundGap {
  kind: 'missing' | 'added';
  atS: number;
  lengthS: number;
}

/** All of the gaps of a channel: the first ones, how many there are, and how long they are together. */
export interface SoundGaps {
  first: SoundGap[];
  count: number;
  totalS: number;
}

/** Finds gaps by the power of both sides, in place. */
export function gapsOf(a: readonly number[], b: readonly number[], startS: number): SoundGaps {
  const found: SoundGaps = { first: [], count: 0, totalS: 0 };
  const nearOf = (powers: readonly number[], at: number) =>
    Math.max(powers[at - 1] ?? 0, powers[at] ?? 0, powers[at + 1] ?? 0);
  const kindAt = (at: number): SoundGap['kind'] | undefined => {
    const [inA, inB] = [a[at] ?? 0, b[at] ?? 0];
    if (inA >= leastPower && nearOf(b, at) * timesSofter < inA) return 'missing';
    if (inB >= leastPower && nearOf(a, at) * timesSofter < inB) return 'added';
    return undefined;
  };
  for (let at = 0; at < a.length; ) {
    const kind = kindAt(at);
    let end = at + 1;
    while (kind && end < a.length && kindAt(end) === kind) end++;
    if (kind && end - at >= leastBlocks) {
      const gap = { kind, atS: startS + at * blockS, lengthS: (end - at) * blockS };
      if (found.first.length < mostKept) found.first.push(gap);
      found.count++;
      found.totalS += gap.lengthS;
    }
    at = end;
  }
  return found;
}
