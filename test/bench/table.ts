import type { BenchRow } from './bench.ts';
import type { Budget, Spread } from './figures.ts';

/** `0.0123`, `1.02`, `123`: three figures that count, never an exponent. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(Math.abs(value) || 1))));
  return value.toFixed(digits);
}

/** `ratio <= 1.02`, `<= 100 ms`. */
export function formatBudget({ of, limit, value }: Budget, unit: string): string {
  const sign = limit === 'at-most' ? '<=' : '>=';
  return of === 'ratio' ? `ratio ${sign} ${formatNumber(value)}` : `${sign} ${formatNumber(value)} ${unit}`;
}

/** `1.00 (0.98-1.03)`: median, then least and largest where they differ. */
export function formatSpread({ min, median, max }: Spread): string {
  const middle = formatNumber(median);
  return min === max ? middle : `${middle} (${formatNumber(min)}-${formatNumber(max)})`;
}

const heads = ['name', 'value', 'unit', 'reference', 'ratio', 'budget', 'ok', 'runs', 'load'];

/** Lines of the table, then what each row has to say. */
export function formatTable(rows: readonly BenchRow[]): string {
  const cells = rows.map(({ name, unit, spread, budget, ok, runs, loadAverage }) => [
    name,
    formatSpread(spread.value),
    unit,
    spread.reference ? formatSpread(spread.reference) : '-',
    spread.ratio ? formatSpread(spread.ratio) : '-',
    formatBudget(budget, unit),
    ok ? 'ok' : 'MISSED',
    String(runs),
    loadAverage.toFixed(1),
  ]);
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...cells.map((row) => (row[at] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const notes = rows.flatMap(({ name, what, referenceName, notes: said }) => [
    '',
    `${name}: ${what}${referenceName === null ? '' : `; reference: ${referenceName}`}.`,
    ...said.map((note) => `  ${note}`),
  ]);
  return [line(heads), ...cells.map(line), ...notes].join('\n');
}

/** The document of `--json`. */
export function toJson(rows: readonly BenchRow[]): object[] {
  return rows.map(({ budget, ...row }) => ({ ...row, budget: formatBudget(budget, row.unit) }));
}
