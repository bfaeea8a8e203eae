import { tiny } from './tiny-pair.ts';

/** Pictures are so many times as near to the other one of their frame as to their own. */
export const mostCrossing = 0.6;
/** Mean difference in codes between the two pictures of a frame, below which nothing moved that would tell them apart. */
export const leastMotion = 0.2;

/** Frames that are told as one: a stretch of any longer one must not be lost in what is right around it. */
const stretchFrames = 25;

/** Mean difference in codes: each picture from its own, and each from the other one of its frame. */
interface Differences {
  straight: number;
  crossed: number;
}

/** Of all of a recording, and how many frames stand in stretches that are swapped, from which one on. */
export interface FieldDifferences extends Differences {
  swappedFrames: number;
  firstSwapped: number | undefined;
}

/** A copy whose fields stand the wrong way round. One that is a frame late is as far from the one as from the other. */
function isSwapped({ straight, crossed }: Differences): boolean {
  return straight >= leastMotion && crossed < mostCrossing * straight;
}

/**
 * Tells whether the two pictures that were made of each frame stand in the wrong order: then every picture is like its
 * neighbour within the frame, and motion goes to and fro. For rates that are doubled.
 */
export function createFieldSwap() {
  const held = { expected: new Uint8Array(tiny.width * tiny.height), copy: new Uint8Array(0) };
  held.copy = new Uint8Array(held.expected.length);
  let pictures = 0;
  let [straight, crossed, swappedFrames] = [0, 0, 0];
  let firstSwapped: number | undefined;
  let stretch = { straight: 0, crossed: 0, frames: 0 };
  const samples = 2 * held.expected.length;
  const endStretch = () => {
    const { frames } = stretch;
    if (frames === 0) return;
    const means = {
      straight: stretch.straight / frames / samples,
      crossed: stretch.crossed / frames / samples,
    };
    if (isSwapped(means)) {
      swappedFrames += frames;
      firstSwapped ??= (pictures >> 1) - frames;
    }
    straight += stretch.straight;
    crossed += stretch.crossed;
    stretch = { straight: 0, crossed: 0, frames: 0 };
  };
  return {
    /** Luma of one frame, counted from 0 in what the recipe makes. */
    add(expected: Uint8Array, copy: Uint8Array): void {
      if (pictures++ % 2 === 0) {
        held.expected.set(expected);
        held.copy.set(copy);
        return;
      }
      stretch.straight += distance(held.expected, held.copy) + distance(expected, copy);
      stretch.crossed += distance(held.expected, copy) + distance(expected, held.copy);
      stretch.frames++;
      if (stretch.frames === stretchFrames) endStretch();
    },
    differences(): FieldDifferences {
      endStretch();
      const all = samples * Math.max(1, pictures >> 1);
      return { straight: straight / all, crossed: crossed / all, swappedFrames, firstSwapped };
    },
  };
}

function distance(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += Math.abs((one[at] as number) - (other[at] as number));
  return sum;
}
