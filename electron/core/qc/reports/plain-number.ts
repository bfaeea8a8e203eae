/**
 * The shortest decimal, never with an exponent, that reads back as the same float32; `nan`, `inf` and `-inf` as ffmpeg and C
 * write them. `leastDecimals` 1 keeps the point: QCTools takes a number without one for an integer.
 */
export function plainNumber(value: number, leastDecimals = 0): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  for (
    let decimals = leastDecimals;
    decimals <= 100;
    decimals = decimals < 12 ? decimals + 1 : decimals + 8
  ) {
    const text = value.toFixed(decimals);
    if (Math.fround(Number(text)) === Math.fround(value)) return text;
  }
  // Beyond 1e21 toFixed gives up on decimals, and no measure is so large or so small.
  return value.toFixed(leastDecimals);
}

/** What ffmpeg, QCTools and others write for a number. NaN for anything else. */
export function readNumber(text: string): number {
  if (/^\s*-inf/i.test(text)) return Number.NEGATIVE_INFINITY;
  if (/^\s*\+?inf/i.test(text)) return Number.POSITIVE_INFINITY;
  return text.trim() === '' ? Number.NaN : Number(text);
}
