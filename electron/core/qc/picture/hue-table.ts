/** An arc tangent for each chroma sample would cost as much as everything else together: depths above ten are looked up at ten. */
const deepest = 10;
const hueBits = 9;
const unknown = 2 ** hueBits - 1;

/**
 * Hues of pairs of chroma codes in whole degrees, as signalstats counts them; each is reckoned when it first comes. Beside the hue
 * there is room for a count: one table for both is half as much memory to be fetched for each picture.
 */
export interface HueTable {
  /** The hue of a pair in its lowest bits; what stands above them is the caller's, and 0 at first. */
  table: Int32Array;
  hueBits: number;
  /** The place of a pair is `((u >> shift) << bits) | (v >> shift)`. */
  bits: number;
  shift: number;
  /** Degrees, 0 to 359. */
  hueAt(place: number): number;
}

export function createHueTable(bitDepth: number): HueTable {
  const bits = Math.min(bitDepth, deepest);
  const neutral = 2 ** (bits - 1);
  const table = new Int32Array(2 ** (2 * bits)).fill(unknown);

  function reckon(place: number): number {
    const u = (place >> bits) - neutral;
    const v = (place & (2 ** bits - 1)) - neutral;
    // In single precision, as the filter reckons: at whole degrees the last bit decides.
    const angle = Math.fround(Math.atan2(u, v));
    const hue = Math.floor(Math.fround((180 / Math.PI) * angle + 180)) % 360;
    table[place] = ((table[place] as number) & ~unknown) | hue;
    return hue;
  }

  return {
    ...{ table, hueBits, bits, shift: bitDepth - bits },
    hueAt(place) {
      const hue = (table[place] as number) & unknown;
      return hue === unknown ? reckon(place) : hue;
    },
  };
}
