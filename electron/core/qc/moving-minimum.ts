/** Smallest value of the frames that end with each frame, so many of them; NaN values do not count. */
export function movingMinimum(values: Float32Array, width: number): Float32Array {
  const minima = new Float32Array(values.length);
  // Frames whose value may still become the smallest, in rising order of both: no more than a window, used in a ring.
  const room = width + 1;
  const waiting = new Int32Array(room);
  let head = 0;
  let tail = 0;
  const valueIn = (place: number) => values[waiting[place % room] as number] as number;
  for (let frame = 0; frame < values.length; frame++) {
    const value = values[frame] as number;
    if (!Number.isNaN(value)) {
      while (tail > head && valueIn(tail - 1) >= value) tail--;
      waiting[tail++ % room] = frame;
    }
    if (tail > head && (waiting[head % room] as number) <= frame - width) head++;
    minima[frame] = tail > head ? valueIn(head) : Number.NaN;
  }
  return minima;
}
