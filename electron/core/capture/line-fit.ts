/** A straight line through points: what it rises by in one unit of x, and how sure that is. */
export interface LineFit {
  slope: number;
  /** Standard error of the slope: three of them off zero is no accident of the noise. */
  slopeError: number;
  /** How far the points lie off the line, as a standard deviation in units of y. */
  scatter: number;
}

/** The least-squares line through all points that were ever added, without keeping them; undefined for fewer than three. */
export function createLineFit(): { add(x: number, y: number): LineFit | undefined } {
  // Sums of what each point adds to the means before it (Welford 1962): exact over hours, where plain sums of squares are not.
  let count = 0;
  let [meanX, meanY, xx, xy, yy] = [0, 0, 0, 0, 0];
  return {
    add(x, y) {
      count += 1;
      const fromX = x - meanX;
      const fromY = y - meanY;
      meanX += fromX / count;
      meanY += fromY / count;
      xx += fromX * (x - meanX);
      xy += fromX * (y - meanY);
      yy += fromY * (y - meanY);
      if (count < 3 || xx === 0) return undefined;
      const slope = xy / xx;
      const scatter = Math.sqrt(Math.max(0, yy - slope * xy) / (count - 2));
      return { slope, slopeError: scatter / Math.sqrt(xx), scatter };
    },
  };
}

/** The least-squares line through at least three points; undefined for fewer, and for points above one another. */
export function fitLine(points: readonly { x: number; y: number }[]): LineFit | undefined {
  const count = points.length;
  if (count < 3) return undefined;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count;
  let xx = 0;
  let xy = 0;
  for (const { x, y } of points) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  if (xx === 0) return undefined;
  const slope = xy / xx;
  let left = 0;
  for (const { x, y } of points) left += (y - meanY - slope * (x - meanX)) ** 2;
  const scatter = Math.sqrt(left / (count - 2));
  return { slope, slopeError: scatter / Math.sqrt(xx), scatter };
}
