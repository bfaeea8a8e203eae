/** An arc tangent for each chroma sample would cost as much as everything else together: depths above ten are looked up at ten. */
const deepest = 10;
const unknown = 0xffff;

/** Hues of pairs of chroma codes in whole degrees, as signalstats counts them; each is reckoned when it first comes. */
export interface HueTable {
  table: Uint16Array;
  /** The place of a pair is `((u >> shift) << bits) + (v >> shift)`. */
  bits: number;
  shift: number;
  /** Fills a place that says `unknown`. */
  reckon(place: number): number;
  unknown: number;
}

export function createHueTable(bitDepth: number): HueTable {
  const bits = Math.min(bitDepth, deepest);
  const neutral = 2 ** (bits - 1);
  const table = new Uint16Array(2 ** (2 * bits)).fill(unknown);
  return {
    ...{ table, bits, unknown, shift: bitDepth - bits },
    reckon(place) {
      const u = (place >> bits) - neutral;
      const v = (place & (2 ** bits - 1)) - neutral;
      // In single precision, as the filter reckons: at whole degrees the last bit decides.
      const angle = Math.fround(Math.atan2(u, v));
      const hue = Math.floor(Math.fround((180 / Math.PI) * angle + 180)) % 360;
      table[place] = hue;
      return hue;
    },
  };
}
