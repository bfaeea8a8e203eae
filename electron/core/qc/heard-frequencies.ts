import { audioColumn } from './measures.ts';
import type { Run } from './runs.ts';
import { framesIn, type Series } from './series.ts';

/** Own: more oscillators than this are music. */
const mostTones = 12;

/** Frequency of each frame's tone, NaN where others have explained it. */
export function frequenciesOf(series: Series, channel: number, explained: readonly Run[]): Float32Array {
  const frequencies = series.column(audioColumn('toneHz', channel)).slice();
  // The window looks back: it still sees a tone for a while behind its end.
  const behind = framesIn(series, 2.4);
  for (const run of explained) frequencies.fill(Number.NaN, run.startFrame, run.endFrame + 1 + behind);
  return frequencies;
}

/** Frequencies that enough frames agree on, the commonest first. Whole hertz decide; each is the mean of those near it. */
export function likeliest(frequencies: Float32Array, leastFrames: number): number[] {
  const counts = new Map<number, { count: number; sum: number }>();
  for (const hertz of frequencies) {
    if (Number.isNaN(hertz)) continue;
    const entry = counts.get(Math.round(hertz)) ?? { count: 0, sum: 0 };
    entry.count++;
    entry.sum += hertz;
    counts.set(Math.round(hertz), entry);
  }
  const chosen: number[] = [];
  for (const [whole, { count, sum }] of [...counts].sort((a, b) => b[1].count - a[1].count)) {
    // What lasts is there in most of its frames, spread over two neighbouring hertz at most.
    if (count < leastFrames / 3 || chosen.length === mostTones) break;
    if (!chosen.some((hertz) => Math.abs(hertz - whole) < 6)) chosen.push(sum / count);
  }
  return chosen;
}
