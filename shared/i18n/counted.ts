/** English for people: the command line, and what checks write into the log. */
const plurals = new Intl.PluralRules('en');

/** `1 tape`, `2 tapes`; `others` for what does not take an s: `1 pass`, `2 passes`. */
export function counted(count: number, one: string, others = `${one}s`): string {
  return `${count} ${plurals.select(count) === 'one' ? one : others}`;
}

/** A number with so many digits behind the point, and no minus before a zero: -0.04 is `0.0`. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}
