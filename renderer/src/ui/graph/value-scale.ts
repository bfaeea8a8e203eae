import { quantiles } from './quantiles.ts';

/**
 * How a value becomes a height. Between `low` and `high` lies what a measure mostly is, evenly. What lies beyond is drawn too, in a strip
 * above or below in which the scale bends (a logarithm), so that a spike neither leaves the lane nor flattens the rest.
 */
export interface ValueScale {
  /** Smallest and largest value that occur. */
  least: number;
  greatest: number;
  /** Ends of the even part. */
  low: number;
  high: number;
  /** Share of the height that each strip takes; 0 where nothing lies beyond. */
  below: number;
  above: number;
}

/** Of the height, what a strip takes. */
const strip = 0.24;
/** What lies no further beyond the even part than this share of it is drawn evenly too: no strip for a little more. */
const worthAStrip = 0.6;
/** Air above and below what is drawn evenly. */
const air = 0.06;

/**
 * The scale for samples of a whole tape: the even part holds the means but for the outermost hundredths, and the extremes of nine
 * pieces in ten. `floor`: below it nothing is told apart evenly (digital silence is far below any sound). Null where nothing was measured.
 */
export function valueScale(
  { min, mean, max }: { min: Float32Array; mean: Float32Array; max: Float32Array },
  floor = Number.NEGATIVE_INFINITY,
): ValueScale | null {
  const [least] = quantiles(min, [0]);
  const [greatest] = quantiles(max, [1]);
  if (least === undefined || greatest === undefined) return null;
  const [usualLow = least, usualHigh = greatest] = quantiles(mean, [0.01, 0.99]);
  const [mostMin = least] = quantiles(min, [0.1]);
  const [mostMax = greatest] = quantiles(max, [0.9]);
  let low = Math.max(least, floor, Math.min(usualLow, mostMin));
  let high = Math.max(low, Math.min(greatest, Math.max(usualHigh, mostMax)));
  if (high === low) {
    // A measure that is mostly one value: half of what differs from it is drawn evenly.
    high = Math.max(high, quantiles(max, [0.5], (value) => value > high)[0] ?? high);
    low = Math.max(Math.min(low, quantiles(min, [0.5], (value) => value < low)[0] ?? low), floor);
  }
  if (high === low) return evenly(least, greatest, low - 1, high + 1);
  const reach = worthAStrip * (high - low);
  if (greatest <= high + reach) high = greatest;
  if (least >= low - reach && least >= floor) low = least;
  const margin = air * (high - low);
  const hasAbove = greatest > high;
  const hasBelow = least < low;
  return {
    least,
    greatest,
    low: hasBelow ? low : low - margin,
    high: hasAbove ? high : high + margin,
    below: hasBelow ? strip : 0,
    above: hasAbove ? strip : 0,
  };
}

function evenly(least: number, greatest: number, low: number, high: number): ValueScale {
  return { least, greatest, low, high, below: 0, above: 0 };
}

/** Height of a value, 0 at the bottom of the lane and 1 at its top; larger values are never lower. Beyond what occurs: the edge. */
export function heightOf(scale: ValueScale, value: number): number {
  const { low, high, below, above, least, greatest } = scale;
  const even = 1 - below - above;
  if (value > high)
    return above === 0 ? 1 : 1 - above + above * bent(value - high, greatest - high, high - low);
  if (value < low) return below === 0 ? 0 : below - below * bent(low - value, low - least, high - low);
  return below + (even * (value - low)) / (high - low);
}

/** The value at a height: the inverse of `heightOf`. */
export function valueAt(scale: ValueScale, height: number): number {
  const { low, high, below, above, least, greatest } = scale;
  const at = Math.max(0, Math.min(1, height));
  if (above > 0 && at > 1 - above)
    return high + unbent((at - 1 + above) / above, greatest - high, high - low);
  if (below > 0 && at < below) return low - unbent((below - at) / below, low - least, high - low);
  return low + ((at - below) / (1 - below - above)) * (high - low);
}

/** 0 to 1 within a strip, by how far beyond the even part; `unit` is the length of that. The outermost value keeps off the very edge. */
function bent(beyond: number, most: number, unit: number): number {
  const share = Math.log1p(beyond / unit) / Math.log1p(most / unit);
  return Math.min(1, 0.94 * share);
}

function unbent(share: number, most: number, unit: number): number {
  return unit * Math.expm1((share / 0.94) * Math.log1p(most / unit));
}
