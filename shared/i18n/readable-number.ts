/** A measured number with as many decimals as its size needs, and no minus before a zero. */
export function readableNumber(language: string, value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 1 ? 1 : 2;
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits, signDisplay: 'negative' }).format(
    value,
  );
}
