/** Smallest value of the frames that end with each frame, so many of them; NaN values do not count. */
export function movingMinimum(values: Float32Array, width: number): Float32Array {
  const minima = new Float32Array(values.length);
  // Frames whose value may still become the smallest, in rising order of both.
  const waiting = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  for (let frame = 0; frame < values.length; frame++) {
    const value = values[frame] as number;
    if (!Number.isNaN(value)) {
      while (tail > head && (values[waiting[tail - 1] as number] as number) >= value) tail--;
      waiting[tail++] = frame;
    }
    if (tail > head && (waiting[head] as number) <= frame - width) head++;
    minima[frame] = tail > head ? (values[waiting[head] as number] as number) : Number.NaN;
  }
  return minima;
}
