import { seededRandom } from '#core/devices/simulator/random.ts';

/** A long strip of noise of unit deviation, from which lines are cut at random places: as good as new for each line. */
export interface NoiseStrip {
  values: Float32Array;
  /** A place from which `length` values can be read. */
  place(random: () => number, length: number): number;
}

/** Noise with a one-pole slope: `memory` 0 is white, 0.9 is blotchy. Near enough Gaussian (sum of three uniforms). */
export function noiseStrip(seed: number, memory: number, size: number): NoiseStrip {
  const random = seededRandom(seed);
  const values = new Float32Array(size);
  const gain = 2 * Math.sqrt(1 - memory * memory);
  let last = 0;
  for (let at = 0; at < size; at++) {
    last = memory * last + gain * (random() + random() + random() - 1.5);
    values[at] = last;
  }
  return {
    values,
    place: (random, length) => Math.floor(random() * (size - length)),
  };
}
