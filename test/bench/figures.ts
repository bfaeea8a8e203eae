/** Least, middle and largest of several runs of the same thing. */
export interface Spread {
  min: number;
  median: number;
  max: number;
}

/** One run of ours beside one run of the reference, straight after each other. */
export interface Pair {
  ours: number;
  reference: number;
}

export interface Budget {
  of: 'value' | 'ratio';
  limit: 'at-most' | 'at-least';
  value: number;
}

/** Middle value; the mean of the two in the middle where their number is even. Throws RangeError without any. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no figures to take the median of');
  return (lower + upper) / 2;
}

/** The value that `share` of all values do not exceed (nearest rank): 0.95 for p95. Throws RangeError without any. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('no figures to take a percentile of');
  return found;
}

export function spreadOf(values: readonly number[]): Spread {
  return { min: Math.min(...values), median: median(values), max: Math.max(...values) };
}

/**
 * Ratios within pairs: what slows the machine down for a while slows both runs of a pair, so the ratio of a pair is worth
 * more than a ratio of two medians.
 */
export function pairwiseRatios(pairs: readonly Pair[]): Spread {
  return spreadOf(pairs.map(({ ours, reference }) => ours / reference));
}

/** Whether the medians keep the budget. A figure that is no number never does. */
export function keepsBudget(budget: Budget, value: number, ratio: number | null): boolean {
  const measured = budget.of === 'value' ? value : (ratio ?? Number.NaN);
  return budget.limit === 'at-most' ? measured <= budget.value : measured >= budget.value;
}

/**
 * Runs both sides in turn, and turns the order round each time (A B, B A, A B…), so that neither always comes second.
 * What a run gives is passed on whole.
 */
export async function alternate<Ours, Reference>(
  runs: number,
  ours: (run: number) => Promise<Ours>,
  reference: (run: number) => Promise<Reference>,
): Promise<{ ours: Ours; reference: Reference }[]> {
  const pairs: { ours: Ours; reference: Reference }[] = [];
  for (let run = 0; run < runs; run++) {
    if (run % 2 === 0) {
      const first = await ours(run);
      pairs.push({ ours: first, reference: await reference(run) });
    } else {
      const first = await reference(run);
      pairs.push({ ours: await ours(run), reference: first });
    }
  }
  return pairs;
}
