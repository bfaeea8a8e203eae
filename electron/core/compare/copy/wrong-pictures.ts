import { tiny } from './tiny-pair.ts';

/** Mean difference in codes from its own picture, and from a neighbour in shares of that, by which a picture is the neighbour. */
export const [leastApartCodes, mostNear] = [1, 0.5];

/** Pictures of a copy that are not the one of their place but the one before or behind it. */
export interface WrongPictures {
  count: number;
  /** The first of them, counted in pairs. */
  first: number | undefined;
}

/** Looks at each picture of a copy beside its own of the master and the two around that: one doubled or dropped moves those up to the next. */
export function createWrongPictures() {
  const size = tiny.width * tiny.height;
  let [before, own] = [new Uint8Array(size), new Uint8Array(size)];
  const copy = new Uint8Array(size);
  let pairs = 0;
  const wrong: WrongPictures = { count: 0, first: undefined };
  return {
    /** Luma of a pair; told when the next one is there. */
    add(expected: Uint8Array, found: Uint8Array): void {
      if (pairs > 1) {
        const apart = distance(copy, own);
        if (apart >= leastApartCodes) {
          const nearest = Math.min(distance(copy, before), distance(copy, expected));
          if (nearest < mostNear * apart) {
            wrong.first ??= pairs - 1;
            wrong.count++;
          }
        }
      }
      [before, own] = [own, before];
      own.set(expected);
      copy.set(found);
      pairs++;
    },
    told: (): WrongPictures => wrong,
  };
}

function distance(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += Math.abs((one[at] as number) - (other[at] as number));
  return sum / one.length;
}
