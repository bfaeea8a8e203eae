/** A line lies aside from this many pixels on, where the shift explains the difference. */
export const asidePixels = 3;

/**
 * How far lines go to and fro down the picture, as a multiple of the farthest apart: 1 for what passes a window, the
 * faster the nearer, and 2 where somebody stands before it.
 */
const leastToAndFro = 2.5;

/**
 * Takes from each way what a straight line down the picture explains: a camera that turns, a zoom and a shadow that passes move the
 * upper lines by another way than the lower ones, and evenly so. `ways` of the lines `rows`, both as far as `count`.
 */
export function leaveTrend(rows: ArrayLike<number>, ways: Float32Array, count: number): void {
  const half = count >> 1;
  const slopes = Float32Array.from({ length: half }, (_, at) => {
    const rise = (ways[at + half] as number) - (ways[at] as number);
    return rise / ((rows[at + half] as number) - (rows[at] as number));
  });
  const slope = slopes.sort()[half >> 1] as number;
  for (let at = 0; at < count; at++) ways[at] = (ways[at] as number) - slope * (rows[at] as number);
  const middle = ways.slice(0, count).sort()[count >> 1] as number;
  for (let at = 0; at < count; at++) ways[at] = (ways[at] as number) - middle;
}

/**
 * Whether lines sway down the picture. Turns of less than what makes a line lie aside are the search's own: soft pictures fit nearly as
 * well a little further.
 */
export function goesToAndFro(ways: Float32Array, count: number): boolean {
  let travelled = 0;
  let turn = ways[0] as number;
  let [least, most] = [turn, turn];
  for (let at = 1; at < count; at++) {
    const here = ways[at] as number;
    least = Math.min(least, here);
    most = Math.max(most, here);
    if (Math.abs(here - turn) < asidePixels) continue;
    travelled += Math.abs(here - turn);
    turn = here;
  }
  return travelled > 0 && travelled >= leastToAndFro * (most - least);
}
