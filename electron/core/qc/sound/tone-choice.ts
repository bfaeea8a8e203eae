/** Own: lower is the realm of hum and bass notes, higher that of the converter's filter. */
const lowestHz = 150;
const highestHz = 17_000;
/** Line frequencies of 625 and 525 lines: nearly every room with a television leaves them on tape. Any other tone goes first. */
const whistlesHz = [15_625, 15_734.27];
const whistleReachHz = 40;
/** Own: above the mean of its surroundings. Of the 10,000 lines of noise, averaged six times, one reaches 7 dB. */
const standsOutDb = 9;
/** The tone of last time is kept while it stands out at all: a note that is louder for a moment does not replace it. */
const keepsDb = 6;
/** An oscillator is in every window at its level; a note that is struck again and again is weaker in some. */
const steadinessDb = 4;
/**
 * A line that swells as the programme swells is a part of it: where the programme does by so much over the windows, their
 * distance wavers by less than this. An oscillator stays where it is.
 */
const swells = { leastDb: 3, mostWaverDb: 1 };
/** One tone is (nearly) all there is: it has this share of the power. A recorded oscillator has 1 % of distortion and noise. */
const aloneShare = 0.85;
/** Lines beside a line that its own lobe covers. */
const lobeBins = 4;

/** Decibels that Hann's window takes from a tone which lies so far (0 to 0.5) beside the middle of a line. */
function scallopDb(offset: number): number {
  if (Math.abs(offset) < 1e-6) return 0;
  const angle = Math.PI * offset;
  return -20 * Math.log10(Math.sin(angle) / angle / (1 - offset * offset));
}

/** A tone that was found: NaN for none. */
export interface Tone {
  hertz: number;
  levelDbfs: number;
}

/**
 * Chooses the tone among the lines of a spectrum: see steady-tone.ts. `binHz`: distance of the lines; `aroundBins`: how far the
 * surroundings reach that a line stands out of. What it gives remembers the last choice; it writes NaN where no line stands out.
 */
export function createToneChoice(
  binHz: number,
  bins: number,
  aroundBins = 36,
): {
  /** The line that has nearly all of the power. */
  alone(levels: Float32Array, tone: Tone): boolean;
  /** The line nearest to a tone that coarser windows found, if it is there, no weaker, in all of the windows but one. */
  confirm(mean: Float64Array, windows: readonly Float32Array[], loudness: Float32Array, tone: Tone): boolean;
  /** The line that stands out most clearly of `mean`, and is there in each of the `windows`, whose power is `loudness`. */
  among(mean: Float64Array, windows: readonly Float32Array[], loudness: Float32Array, tone: Tone): boolean;
} {
  const lowest = Math.max(aroundBins + 1, Math.ceil(lowestHz / binHz));
  const highest = Math.min(bins - aroundBins - 2, Math.floor(highestHz / binHz));
  const sums = new Float64Array(bins + 1);
  let before = 0;

  const isWhistle = (bin: number) =>
    whistlesHz.some((hertz) => Math.abs(bin * binHz - hertz) < whistleReachHz);

  /** How far a line stands above the mean of those around it, its lobe left out. */
  function prominence(mean: Float64Array, bin: number): number {
    const left = (sums[bin - lobeBins] as number) - (sums[bin - aroundBins] as number);
    const right = (sums[bin + aroundBins + 1] as number) - (sums[bin + lobeBins + 1] as number);
    return (mean[bin] as number) - (left + right) / (2 * (aroundBins - lobeBins));
  }

  const isCrest = (levels: Float64Array | Float32Array, bin: number) =>
    (levels[bin] as number) >= (levels[bin - 1] as number) &&
    (levels[bin] as number) > (levels[bin + 1] as number);

  /** Mains buzz is a row of lines, 50 or 60 Hz (or twice that) apart: none of them is a tone by itself. */
  function isOfBuzz(mean: Float64Array, bin: number): boolean {
    return [50, 60, 100, 120].some((hertz) => {
      const ordinal = Math.round((bin * binHz) / hertz);
      if (Math.abs(bin * binHz - ordinal * hertz) > 1.5 * binHz) return false;
      return [-1, 1].every((side) => {
        const beside = Math.round(((ordinal + side) * hertz) / binHz);
        return [-1, 0, 1].some((shift) => prominence(mean, beside + shift) >= keepsDb);
      });
    });
  }

  function write(levels: Float64Array | Float32Array, bin: number, tone: Tone): void {
    const [left, middle, right] = [levels[bin - 1], levels[bin], levels[bin + 1]] as [number, number, number];
    const offset = Math.max(-0.5, Math.min(0.5, (0.5 * (left - right)) / (left - 2 * middle + right)));
    tone.hertz = (bin + offset) * binHz;
    tone.levelDbfs = middle + scallopDb(offset);
    before = bin;
  }

  const isSteady = (mean: Float64Array, windows: readonly Float32Array[], bin: number) =>
    windows.every(
      (one) =>
        Math.max(one[bin - 1] as number, one[bin] as number, one[bin + 1] as number) >=
        (mean[bin] as number) - steadinessDb,
    );

  /** Whether a line goes up and down with all of the sound. */
  function isOfProgramme(windows: readonly Float32Array[], loudness: Float32Array, bin: number): boolean {
    if (windows.length < 4) return false;
    let [softest, loudest, least, most] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [at, one] of windows.entries()) {
      const all = loudness[at] as number;
      const line = Math.max(one[bin - 1] as number, one[bin] as number, one[bin + 1] as number) - all;
      softest = Math.min(softest, all);
      loudest = Math.max(loudest, all);
      least = Math.min(least, line);
      most = Math.max(most, line);
    }
    return loudest - softest >= swells.leastDb && most - least <= swells.mostWaverDb;
  }

  function among(
    mean: Float64Array,
    windows: readonly Float32Array[],
    loudness: Float32Array,
    tone: Tone,
  ): boolean {
    for (let bin = 0; bin < bins; bin++) sums[bin + 1] = (sums[bin] as number) + (mean[bin] as number);
    let best = 0;
    let bestDb = standsOutDb;
    let whistle = 0;
    let whistleDb = standsOutDb;
    for (let bin = lowest; bin <= highest; bin++) {
      if (!isCrest(mean, bin)) continue;
      const overDb = prominence(mean, bin);
      if (overDb <= standsOutDb && !(overDb >= keepsDb && Math.abs(bin - before) <= 1)) continue;
      if (!isSteady(mean, windows, bin) || isOfProgramme(windows, loudness, bin)) continue;
      if (isWhistle(bin)) {
        if (overDb > whistleDb) [whistle, whistleDb] = [bin, overDb];
        continue;
      }
      if (Math.abs(bin - before) <= 1) [best, bestDb] = [bin, Number.POSITIVE_INFINITY];
      else if (overDb > bestDb && !isOfBuzz(mean, bin)) [best, bestDb] = [bin, overDb];
    }
    const chosen = best || whistle;
    if (chosen === 0) {
      before = 0;
      return false;
    }
    write(mean, chosen, tone);
    return true;
  }

  return {
    alone(levels, tone) {
      const line = toneAlone(levels, lowest, highest);
      if (line > 0) write(levels, line, tone);
      return line > 0;
    },
    confirm(mean, windows, loudness, tone) {
      const middle = Math.round(tone.hertz / binHz);
      let line = middle;
      for (let bin = middle - 2; bin <= middle + 2; bin++) {
        if ((mean[bin] as number) > (mean[line] as number)) line = bin;
      }
      const least = tone.levelDbfs - steadinessDb;
      const without = windows.filter(
        (one) => Math.max(one[line - 1] as number, one[line] as number, one[line + 1] as number) < least,
      );
      if (without.length > 1 || isOfProgramme(windows, loudness, line)) return false;
      const { levelDbfs } = tone;
      write(mean, line, tone);
      // Of both, the quiet windows heard the tone with less beside it.
      tone.levelDbfs = levelDbfs;
      return true;
    },
    among,
  };
}

/** The line that has nearly all of the power, or 0. */
function toneAlone(latest: Float32Array, lowest: number, highest: number): number {
  let loudest = lowest;
  let total = 0;
  for (let bin = 2; bin < latest.length; bin++) {
    const decibels = latest[bin] as number;
    // What is 50 dB below the loudest so far adds nothing that would show.
    if (decibels > (latest[loudest] as number) - 50) total += 10 ** (decibels / 10);
    if (bin >= lowest && bin <= highest && decibels > (latest[loudest] as number)) loudest = bin;
  }
  let lobe = 0;
  for (let bin = loudest - lobeBins; bin <= loudest + lobeBins; bin++)
    lobe += 10 ** ((latest[bin] as number) / 10);
  return lobe >= aloneShare * total ? loudest : 0;
}
