import type { PlanePair } from './full-pair.ts';

/** Lines at each edge that are looked at one by one, and those behind them that say how far coding alone goes. */
export const edgeLines = 4;
const [innerFrom, innerTo] = [8, 16];
/** Mean codes by which a line may differ, and how many times what the inner ones do. */
export const mostApartCodes = 12;
const timesInner = 3;

export type Edge = 'top' | 'bottom' | 'left' | 'right';
/** Lines of an edge that do not hold what they should, counted from the outermost. */
export type LostLines = Record<Edge, number[]>;

/** Holds the outermost lines of the picture against those of the master, line by line at full size. */
export function createEdgeLines() {
  const sums: Record<Edge, Float64Array> = {
    ...{ top: new Float64Array(innerTo), bottom: new Float64Array(innerTo) },
    ...{ left: new Float64Array(innerTo), right: new Float64Array(innerTo) },
  };
  let pictures = 0;
  return {
    add(plane: PlanePair): void {
      const { width, height } = plane;
      if (Math.min(width, height) < 2 * innerTo) return;
      pictures++;
      for (let line = 0; line < innerTo; line++) {
        addTo(sums.top, line, rowApart(plane, line));
        addTo(sums.bottom, line, rowApart(plane, height - 1 - line));
        addTo(sums.left, line, columnApart(plane, line));
        addTo(sums.right, line, columnApart(plane, width - 1 - line));
      }
    },
    lost(): LostLines {
      return {
        top: lostOf(sums.top),
        bottom: lostOf(sums.bottom),
        left: lostOf(sums.left),
        right: lostOf(sums.right),
      };
    },
  };

  function lostOf(sum: Float64Array): number[] {
    if (pictures === 0) return [];
    const inner = sum.slice(innerFrom, innerTo).sort();
    const usual = (inner[inner.length >> 1] as number) / pictures;
    const most = mostApartCodes + timesInner * usual;
    return Array.from({ length: edgeLines }, (_, line) => line).filter(
      (line) => (sum[line] as number) / pictures > most,
    );
  }
}

function addTo(sum: Float64Array, line: number, value: number): void {
  sum[line] = (sum[line] as number) + value;
}

function rowApart({ samples, expectedAt, copyAt, stride, width }: PlanePair, row: number): number {
  let sum = 0;
  for (let at = row * stride; at < row * stride + width; at++) {
    sum += Math.abs((samples[expectedAt + at] as number) - (samples[copyAt + at] as number));
  }
  return sum / width;
}

function columnApart({ samples, expectedAt, copyAt, stride, height }: PlanePair, column: number): number {
  let sum = 0;
  for (let row = 0, at = column; row < height; row++, at += stride) {
    sum += Math.abs((samples[expectedAt + at] as number) - (samples[copyAt + at] as number));
  }
  return sum / height;
}
