import { type BarColour, type BarsSet, barsSets } from '../bars-sets.ts';
import type { Picture, PictureInstrumentKind, PictureRaster } from './instrument.ts';

/** Places down the picture, as shares of its height: above SMPTE's castellations and below head blanking. */
const rowShares = [0.14, 0.2, 0.26, 0.32, 0.38, 0.44, 0.5];
/** Lines at each of them whose mean is read: chroma of a home cassette wavers from line to line. */
const linesOfRow = 12;
/** Of each bar this middle part is read: edges are blurred, and blanking shifts bars by a few samples. */
const middle = 0.4;
/** Own: a person holding a chart before a camera fits worse, a badly set deck better. */
const limits = {
  /** Luma that the set, with one gain and one lift, does not explain: mean of all bars, on the 10-bit scale. */
  lumaCodes: 36,
  /** The same of chroma, as a share of the set's mean vector. */
  chromaShare: 0.3,
  /** Bars reach from top to bottom: each row has the same colour, noise allowed for. */
  rowCodes: 24,
  leastLumaGain: 0.6,
  mostLumaGain: 1.6,
  leastChromaGain: 0.25,
  mostChromaGain: 2.5,
  mostHueDegrees: 60,
};

/**
 * Reads colour bars: which set stands in the picture, and by how much it is off, as a vectorscope and a waveform monitor
 * show it. Of pictures without bars nothing is said but `barsSet` 0.
 *
 * `barsSet`: 0, or the place in `barsSets` counted from 1. `barsLumaError`: the bar whose luma is furthest off, as a share of
 * white (0.02: 2 % too bright). `barsChromaGain`: dB over nominal. `barsHueError`: rotation of all colours together.
 */
export const barsReading: PictureInstrumentKind = {
  name: 'bars reading',
  measures: [
    { id: 'barsSet', medium: 'video', unit: 'count', key: undefined },
    { id: 'barsLumaError', medium: 'video', unit: 'share', key: undefined },
    { id: 'barsChromaGain', medium: 'video', unit: 'dB', key: undefined },
    { id: 'barsHueError', medium: 'video', unit: 'degree', key: undefined },
  ],
  open(raster) {
    return {
      measure(picture, _previous, into, at) {
        into[at] = 0;
        into.fill(Number.NaN, at + 1, at + 4);
        let best: Fit | undefined;
        for (const count of [7, 8]) {
          const bars = readBars(picture, raster, count);
          if (!bars) continue;
          for (const [place, set] of barsSets.entries()) {
            if (set.bars.length !== count) continue;
            const fit = fitOf(bars, set, place + 1);
            if (fit && (!best || fit.distance < best.distance)) best = fit;
          }
        }
        if (!best) return;
        into[at] = best.set;
        into[at + 1] = best.lumaError;
        into[at + 2] = best.chromaGainDb;
        into[at + 3] = best.hueDegrees;
      },
    };
  },
};

interface Fit {
  set: number;
  lumaError: number;
  chromaGainDb: number;
  hueDegrees: number;
  /** What tells apart sets that all fit: how far the levels are from nominal. */
  distance: number;
}

/** Mean colour of so many bars of one width, on the 10-bit scale; undefined where a bar differs from row to row. */
function readBars(picture: Picture, raster: PictureRaster, count: number): BarColour[] | undefined {
  const scale = 2 ** (10 - raster.bitDepth);
  const bars: BarColour[] = [];
  for (let bar = 0; bar < count; bar++) {
    const from = (bar + 0.5 - middle / 2) / count;
    const to = (bar + 0.5 + middle / 2) / count;
    const y = readRows(picture.y, raster.width, raster.height, from, to);
    const u = readRows(picture.u, raster.chromaWidth, raster.chromaHeight, from, to);
    const v = readRows(picture.v, raster.chromaWidth, raster.chromaHeight, from, to);
    const widest = Math.max(y.spread, u.spread, v.spread) * scale;
    if (widest > limits.rowCodes) return;
    const colour: BarColour = [y.median * scale, u.median * scale, v.median * scale];
    const before = bars.at(-1);
    // Every set goes down in luma: most pictures end here.
    if (before && colour[0] >= before[0]) return;
    bars.push(colour);
  }
  return bars;
}

/** Median of the rows' means between two shares of the width, and how far the middle five rows of seven lie apart. */
function readRows(plane: Uint16Array, width: number, height: number, from: number, to: number) {
  const [first, end] = [Math.floor(from * width), Math.ceil(to * width)];
  const means = rowShares.map((share) => {
    const top = Math.max(0, Math.floor(share * height) - linesOfRow / 2);
    let sum = 0;
    for (let row = top; row < top + linesOfRow; row++) {
      const line = row * width;
      for (let place = line + first; place < line + end; place++) sum += plane[place] as number;
    }
    return sum / (linesOfRow * (end - first));
  });
  means.sort((a, b) => a - b);
  return { median: means[3] as number, spread: (means[5] as number) - (means[1] as number) };
}

/** One gain and lift for luma, one gain and rotation for chroma: what remains must be small. */
function fitOf(bars: readonly BarColour[], { bars: nominal }: BarsSet, set: number): Fit | undefined {
  const luma = straightLine(
    nominal.map(([y]) => y),
    bars.map(([y]) => y),
  );
  if (luma.gain < limits.leastLumaGain || luma.gain > limits.mostLumaGain) return;
  if (luma.rest > limits.lumaCodes) return;

  // Least squares of complex numbers: measured = turn * nominal.
  let [real, imaginary, power, length] = [0, 0, 0, 0];
  for (const [place, [, u, v]] of nominal.entries()) {
    const [, measuredU, measuredV] = bars[place] as BarColour;
    const [a, b, c, d] = [u - 512, v - 512, measuredU - 512, measuredV - 512];
    real += a * c + b * d;
    imaginary += a * d - b * c;
    power += a * a + b * b;
    length += Math.hypot(a, b);
  }
  const [turnReal, turnImaginary] = [real / power, imaginary / power];
  const gain = Math.hypot(turnReal, turnImaginary);
  const hueDegrees = (Math.atan2(turnImaginary, turnReal) * 180) / Math.PI;
  if (gain < limits.leastChromaGain || gain > limits.mostChromaGain) return;
  if (Math.abs(hueDegrees) > limits.mostHueDegrees) return;
  let rest = 0;
  let lumaError = 0;
  for (const [place, [y, u, v]] of nominal.entries()) {
    const [measuredY, measuredU, measuredV] = bars[place] as BarColour;
    const [a, b] = [u - 512, v - 512];
    rest += Math.hypot(
      measuredU - 512 - (turnReal * a - turnImaginary * b),
      measuredV - 512 - (turnReal * b + turnImaginary * a),
    );
    const error = (measuredY - y) / 876;
    if (Math.abs(error) > Math.abs(lumaError)) lumaError = error;
  }
  if (rest / (length * gain) > limits.chromaShare) return;
  const chromaGainDb = 20 * Math.log10(gain);
  return {
    set,
    lumaError,
    chromaGainDb,
    hueDegrees,
    distance:
      luma.rest / 876 + Math.abs(Math.log(luma.gain)) + rest / (length * gain) + Math.abs(Math.log(gain)),
  };
}

function straightLine(x: readonly number[], y: readonly number[]): { gain: number; rest: number } {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [product, square] = [0, 0];
  for (const [place, value] of x.entries()) {
    product += (value - meanX) * ((y[place] as number) - meanY);
    square += (value - meanX) ** 2;
  }
  const gain = product / square;
  const rest = mean(x.map((value, place) => Math.abs((y[place] as number) - meanY - gain * (value - meanX))));
  return { gain, rest };
}
