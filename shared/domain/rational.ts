/** An exact ratio, such as a frame rate (30000/1001) or a sample aspect ratio (12/11). */
export interface Rational {
  readonly num: number;
  readonly den: number;
}

/** A ratio in lowest terms. Throws RangeError on a denominator of zero or on parts that are not integers. */
export function rational(num: number, den = 1): Rational {
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || den === 0) {
    throw new RangeError(`not a ratio: ${num}/${den}`);
  }
  const divisor = greatestCommonDivisor(Math.abs(num), Math.abs(den)) || 1;
  const sign = den < 0 ? -1 : 1;
  return { num: (sign * num) / divisor, den: (sign * den) / divisor };
}

/** Reads `25`, `25/1`, `30000/1001` and ffmpeg's aspect notation `12:11`. Undefined for anything else, and for parts beyond 2^53. */
export function parseRational(text: string): Rational | undefined {
  const match = /^(\d+)(?:[/:](\d+))?$/.exec(text.trim());
  if (!match) return undefined;
  const num = Number(match[1]);
  const den = Number(match[2] ?? 1);
  return den === 0 || !Number.isSafeInteger(num) || !Number.isSafeInteger(den)
    ? undefined
    : rational(num, den);
}

/** `30000/1001`, as ffmpeg writes it. */
export function formatRational(value: Rational): string {
  return `${value.num}/${value.den}`;
}

/** The ratio as a floating-point number. */
export function toNumber(value: Rational): number {
  return value.num / value.den;
}

/** True when both are the same ratio, whatever terms they are written in. */
export function equalRational(a: Rational, b: Rational): boolean {
  return a.num * b.den === b.num * a.den;
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y) [x, y] = [y, x % y];
  return x;
}
