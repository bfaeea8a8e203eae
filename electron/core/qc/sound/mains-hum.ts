import { nthSmallest } from '../nth-smallest.ts';
import { channelMeasures } from './channel-measures.ts';
import { createFourier } from './fourier.ts';
import type { SoundFormat, SoundInstrumentKind } from './instrument.ts';

/** Both mains of the world: a tape may have been recorded under one and played under the other. */
const mainsHz = [50, 60] as const;
/** Hum and its harmonics; above, buzz is heard as a tone of its own. */
const harmonics = 6;
/** The wave is brought down to about this rate. */
const loweredHz = 2000;
/** Two seconds: lines half a hertz wide, so that a bass note beside the mains is told from it. */
const windowSamples = 4096;
/** Mains wander by two tenths of a hertz; a tape that is played at 0.4 % off speed brings its own along. */
const wander = 0.004;
/** Own: what a line stands above the median of its surroundings. Noise alone reaches 10 dB in one line of fifty. */
const lineDb = 10;
/** Own: one line alone must be beyond what any noise does. */
const loneLineDb = 16;
/** Own: three bins beside a line, of its power; what stands out by 10 dB of noise alone has a tenth there, and sometimes more. */
const mostSkirt = 0.2;
const stepSeconds = 0.16;

/**
 * Level of the lines that stand out at the mains frequency and its harmonics, over the two seconds that end with the
 * picture: a column for 50 and one for 60 Hz. NaN where fewer than two lines stand out (one, if it is the first or
 * second and very clear), and in the first two seconds.
 */
export const mainsHum: SoundInstrumentKind = {
  name: 'mains hum',
  measures: (channels) =>
    channelMeasures(
      channels,
      mainsHz.map((hertz) => ({ id: `hum${hertz}Dbfs`, unit: 'dBFS' })),
    ),
  open(format) {
    const finder = createLineFinder(format);
    const step = Math.max(1, Math.round((stepSeconds * format.frameRate.num) / format.frameRate.den));
    const inputs = Array.from({ length: format.channels }, () => ({
      ...createLowering(format.sampleRateHz),
      levels: new Float32Array(mainsHz.length).fill(Number.NaN),
    }));
    let pieces = 0;
    return {
      measure(piece, into, at) {
        pieces++;
        for (const [channel, input] of inputs.entries()) {
          input.take(piece[channel] as Float32Array);
          // Channels take turns, so that no picture pays for all of them.
          if (input.isFull() && (pieces + channel) % step === 0)
            finder(input.window, input.next(), input.levels);
          into.set(input.levels, at + channel * mainsHz.length);
        }
      },
    };
  },
};

/** The last two seconds of one channel at the lower rate, in a ring. */
function createLowering(sampleRateHz: number): {
  window: Float32Array;
  take(samples: Float32Array): void;
  next(): number;
  isFull(): boolean;
} {
  const factor = loweringOf(sampleRateHz);
  const weights = lowPass(factor);
  const taps = weights.length;
  // Twice as long, so that the last samples always lie in one piece.
  const line = new Float32Array(2 * taps);
  const window = new Float32Array(windowSamples);
  let place = 0;
  let untilNext = factor;
  let written = 0;
  return {
    window,
    take(samples) {
      for (let index = 0; index < samples.length; index++) {
        const sample = samples[index] as number;
        line[place] = sample;
        line[place + taps] = sample;
        place = place + 1 === taps ? 0 : place + 1;
        if (--untilNext > 0) continue;
        untilNext = factor;
        let sum = 0;
        for (let tap = 0; tap < taps; tap++) sum += (weights[tap] as number) * (line[place + tap] as number);
        window[written % windowSamples] = sum;
        written++;
      }
    },
    next: () => written % windowSamples,
    isFull: () => written >= windowSamples,
  };
}

function loweringOf(sampleRateHz: number): number {
  return Math.max(1, Math.round(sampleRateHz / loweredHz));
}

/** Windowed sinc: flat to 400 Hz, and 50 dB down where what would fold onto that begins. */
function lowPass(factor: number): Float64Array {
  const taps = 5 * factor;
  const cutoff = 0.45 / factor;
  const weights = Float64Array.from({ length: taps }, (_, tap) => {
    const offset = tap - (taps - 1) / 2;
    const sinc = offset === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * offset) / (Math.PI * offset);
    return sinc * (0.54 - 0.46 * Math.cos((2 * Math.PI * tap) / (taps - 1)));
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** `ring` begins at `first`. Levels of both mains go into `levels`. */
function createLineFinder(
  format: SoundFormat,
): (ring: Float32Array, first: number, levels: Float32Array) => void {
  const binHz = format.sampleRateHz / loweringOf(format.sampleRateHz) / windowSamples;
  const hann = Float64Array.from(
    { length: windowSamples },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / windowSamples),
  );
  const fourier = createFourier(windowSamples);
  const samples = new Float64Array(windowSamples);
  const powers = new Float64Array(windowSamples / 2 + 1);
  // The power of a line is spread over its lobe; Hann's squares sum to three eighths.
  const scale = 2 / (windowSamples * windowSamples * 0.375);
  const around = new Float64Array(26);

  function floorAround(bin: number): number {
    let count = 0;
    for (let distance = 4; distance <= 16; distance++) {
      around[count++] = powers[bin - distance] as number;
      around[count++] = powers[bin + distance] as number;
    }
    return (nthSmallest(around, 26, 12) + nthSmallest(around, 26, 13)) / 2;
  }

  function levelOf(hertz: number): number {
    let power = 0;
    let lines = 0;
    let isLoneLine = false;
    for (let harmonic = 1; harmonic <= harmonics; harmonic++) {
      const middle = (hertz * harmonic) / binHz;
      const reach = 1 + wander * middle;
      let peak = Math.ceil(middle - reach);
      for (let bin = peak + 1; bin <= middle + reach; bin++) {
        if ((powers[bin] as number) > (powers[peak] as number)) peak = bin;
      }
      // On the slope of a note beside the mains.
      const height = powers[peak] as number;
      if (height < (powers[peak - 1] as number) || height < (powers[peak + 1] as number)) continue;
      // A note that is struck or stopped within the window has skirts; a line that stays falls off by 30 dB within three bins.
      const skirt = Math.max(powers[peak - 3] as number, powers[peak + 3] as number);
      if (skirt > height * mostSkirt) continue;
      const floor = floorAround(peak);
      const overDb = 10 * Math.log10(height / floor);
      if (!(overDb >= lineDb)) continue;
      let lobe = -5 * floor;
      for (let bin = peak - 2; bin <= peak + 2; bin++) lobe += powers[bin] as number;
      power += lobe * scale;
      lines++;
      if (harmonic <= 2 && overDb >= loneLineDb) isLoneLine = true;
    }
    return lines >= 2 || isLoneLine ? 10 * Math.log10(power) : Number.NaN;
  }

  return (ring, first, levels) => {
    for (let index = 0; index < windowSamples; index++) {
      samples[index] = (ring[(first + index) % windowSamples] as number) * (hann[index] as number);
    }
    fourier.powersOf(samples, powers);
    for (const [at, hertz] of mainsHz.entries()) levels[at] = levelOf(hertz);
  };
}
