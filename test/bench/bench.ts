import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { type Budget, keepsBudget, type Pair, pairwiseRatios, type Spread, spreadOf } from './figures.ts';

/** What a bench is given. */
export interface BenchContext {
  ffmpeg: Ffmpeg;
  /** Empty folder of this bench alone; removed afterwards. */
  folder: string;
  /** Length that the caller asked for, for benches that have one. */
  seconds: number | undefined;
  /** Also what takes minutes to set up: without it, a part is measured and scaled, and the row says so. */
  whole: boolean;
  /** Keep what was found in the page of docs/ that the bench has, if any. */
  write: boolean;
  /** Where a bench that draws lots begins, and how many it draws; undefined: its own. The same seed gives the same lots. */
  seed: number | undefined;
  count: number | undefined;
  /** Says on standard error what is being done. */
  say(text: string): void;
}

/** One number that Helical is held to. */
export interface BenchRow {
  name: string;
  /** What was measured, in a few words. */
  what: string;
  /** Median over the runs. */
  value: number;
  unit: string;
  /** Median of the reference; null where the budget is a number by itself. */
  reference: number | null;
  /** What the reference is. */
  referenceName: string | null;
  /** Median of the ratios within pairs. */
  ratio: number | null;
  budget: Budget;
  ok: boolean;
  runs: number;
  spread: { value: Spread; reference: Spread | null; ratio: Spread | null };
  /** Load average of one minute after the runs: other work on the machine makes figures worth less. */
  loadAverage: number;
  /** Where the time went and under which conditions, a sentence each. */
  notes: string[];
}

export interface Bench {
  name: string;
  /** One or more rows; a bench that cannot run here throws HelicalError. */
  run(context: BenchContext): Promise<Omit<BenchRow, 'loadAverage'>[]>;
}

interface Described {
  name: string;
  what: string;
  unit: string;
  budget: Budget;
  notes?: string[];
}

/** A row from pairs of runs. */
export function pairedRow(
  described: Described & { referenceName: string },
  pairs: readonly Pair[],
): Omit<BenchRow, 'loadAverage'> {
  const { notes = [], ...rest } = described;
  const value = spreadOf(pairs.map(({ ours }) => ours));
  const reference = spreadOf(pairs.map((pair) => pair.reference));
  const ratio = pairwiseRatios(pairs);
  return {
    ...rest,
    value: value.median,
    reference: reference.median,
    ratio: ratio.median,
    ok: keepsBudget(described.budget, value.median, ratio.median),
    runs: pairs.length,
    spread: { value, reference, ratio },
    notes,
  };
}

/** A row whose figure is the worst that was seen, of `runs` tries: faults are judged by their worst, not by their middle. */
export function worstRow(described: Described, worst: number, runs: number): Omit<BenchRow, 'loadAverage'> {
  return { ...absoluteRow(described, [worst]), runs };
}

/** A row from runs that have no reference beside them. */
export function absoluteRow(described: Described, values: readonly number[]): Omit<BenchRow, 'loadAverage'> {
  const { notes = [], ...rest } = described;
  const value = spreadOf(values);
  return {
    ...rest,
    value: value.median,
    reference: null,
    referenceName: null,
    ratio: null,
    ok: keepsBudget(described.budget, value.median, null),
    runs: values.length,
    spread: { value, reference: null, ratio: null },
    notes,
  };
}
