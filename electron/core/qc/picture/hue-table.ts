/** An arc tangent for each chroma sample would cost as much as everything else together: depths above ten are looked up at ten. */
const deepest = 10;

/**
 * The hue of every pair of chroma codes in whole degrees, as signalstats counts them. The place of a pair:
 * `((u >> shift) << bits) + (v >> shift)`.
 */
export function createHueTable(bitDepth: number): { table: Uint16Array; bits: number; shift: number } {
  const bits = Math.min(bitDepth, deepest);
  const size = 2 ** bits;
  const neutral = size / 2;
  const table = new Uint16Array(size * size);
  for (let u = 0; u < size; u++) {
    for (let v = 0; v < size; v++) {
      // In single precision, as the filter reckons: at whole degrees the last bit decides.
      const angle = Math.fround(Math.atan2(u - neutral, v - neutral));
      table[u * size + v] = Math.floor(Math.fround((180 / Math.PI) * angle + 180)) % 360;
    }
  }
  return { table, bits, shift: bitDepth - bits };
}
