import { tiny } from './tiny-pair.ts';

/** Pictures are so many times as near to the other one of their frame as to their own. */
export const mostCrossing = 0.6;
/** Mean difference in codes between the two pictures of a frame, below which nothing moved that would tell them apart. */
export const leastMotion = 0.2;

/** Mean difference in codes: each picture from its own, and each from the other one of its frame. */
export interface FieldDifferences {
  straight: number;
  crossed: number;
}

/** A copy whose fields stand the wrong way round. One that is a frame late is as far from the one as from the other. */
export function isSwapped({ straight, crossed }: FieldDifferences): boolean {
  return straight >= leastMotion && crossed < mostCrossing * straight;
}

/**
 * Tells whether the two pictures that were made of each frame stand in the wrong order: then every picture is like its
 * neighbour within the frame, and motion goes to and fro. For rates that are doubled.
 */
export function createFieldSwap() {
  const held = { expected: new Uint8Array(tiny.width * tiny.height), copy: new Uint8Array(0) };
  held.copy = new Uint8Array(held.expected.length);
  let frame = 0;
  let [straight, crossed] = [0, 0];
  return {
    /** Luma of one frame, counted from 0 in what the recipe makes. */
    add(expected: Uint8Array, copy: Uint8Array): void {
      if (frame++ % 2 === 0) {
        held.expected.set(expected);
        held.copy.set(copy);
        return;
      }
      straight += distance(held.expected, held.copy) + distance(expected, copy);
      crossed += distance(held.expected, copy) + distance(expected, held.copy);
    },
    differences(): FieldDifferences {
      const samples = Math.max(1, frame - (frame % 2)) * held.expected.length;
      return { straight: straight / samples, crossed: crossed / samples };
    },
  };
}

function distance(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += Math.abs((one[at] as number) - (other[at] as number));
  return sum;
}
