/**
 * The value that would stand at `place` (from 0) if the first `count` values were sorted, which are put into another order for
 * it. NaN where there is no such place; values must not be NaN. Instruments want medians hundreds of times a frame: sorting
 * for each took as long as measuring what is sorted.
 */
export function nthSmallest(values: Float32Array | Float64Array, count: number, place: number): number {
  if (place < 0 || place >= count) return Number.NaN;
  let low = 0;
  let high = count - 1;
  // Hoare's selection: after each round the wanted place lies between `low` and `high`.
  while (low < high) {
    const pivot = values[place] as number;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] as number) < pivot) left++;
      while (pivot < (values[right] as number)) right--;
      if (left > right) break;
      const swapped = values[left] as number;
      values[left++] = values[right] as number;
      values[right--] = swapped;
    }
    if (right < place) low = left;
    if (place < left) high = right;
  }
  return values[place] as number;
}
