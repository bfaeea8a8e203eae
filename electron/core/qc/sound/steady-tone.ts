import { channelMeasures } from './channel-measures.ts';
import { createFourier } from './fourier.ts';
import type { SoundFormat, SoundInstrumentKind } from './instrument.ts';
import { createToneChoice } from './tone-choice.ts';

/** At 48 kHz 0.68 s, lines 1.5 Hz wide: a note's vibrato and a voice's glide spread, an oscillator stays in one line. */
const windowSamples = 32_768;
/** Windows whose mean counts: with the steps between them about two and a half seconds. */
const windows = 6;
const stepSeconds = 0.32;

/**
 * The clearest tone that stays: its frequency and level (root mean square, as in rmsDbfs). Where it is nearly all there is, over
 * the 0.7 s that end with the picture; under a programme, over the last 2.4 s, as the mean of the logarithms, in which a line that stays outlasts
 * one that comes and goes. NaN where no line stands out, and in the first 0.7 s.
 */
export const steadyTone: SoundInstrumentKind = {
  name: 'steady tone',
  measures: (channels) =>
    channelMeasures(channels, [
      { id: 'toneHz', unit: 'Hz' },
      { id: 'toneDbfs', unit: 'dBFS' },
    ]),
  open(format) {
    const step = Math.max(1, Math.round((stepSeconds * format.frameRate.num) / format.frameRate.den));
    const spectrum = createSpectrum();
    const inputs = Array.from({ length: format.channels }, () => createInput(format));
    let pieces = 0;
    return {
      measure(piece, into, at) {
        pieces++;
        for (const [channel, input] of inputs.entries()) {
          input.take(piece[channel] as Float32Array);
          // Channels take turns, so that no picture pays for all of them.
          const turn = Math.floor((channel * step) / inputs.length);
          if (input.isFull() && (pieces + turn) % step === 0) input.look(spectrum);
          into[at + channel * 2] = input.tone.hertz;
          into[at + channel * 2 + 1] = input.tone.levelDbfs;
        }
      },
    };
  },
};

/** Powers of the lines in dB, so that a sine of mean square 1 in the middle of a line has 0 dB. */
function createSpectrum(): (ring: Float32Array, first: number, decibels: Float32Array) => void {
  const hann = Float64Array.from(
    { length: windowSamples },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / windowSamples),
  );
  const fourier = createFourier(windowSamples);
  const samples = new Float64Array(windowSamples);
  const powers = new Float64Array(windowSamples / 2 + 1);
  // A sine's power is a quarter of its amplitude squared times the window's sum squared; half of that square is its mean square.
  const scale = 2 / (windowSamples * 0.5) ** 2;
  return (ring, first, decibels) => {
    for (let index = 0; index < windowSamples; index++) {
      samples[index] = (ring[(first + index) % windowSamples] as number) * (hann[index] as number);
    }
    fourier.powersOf(samples, powers);
    for (let bin = 0; bin < decibels.length; bin++) {
      // Nothing at all counts as -200 dB: means of logarithms must stay numbers.
      decibels[bin] = 10 * Math.log10((powers[bin] as number) * scale + 1e-20);
    }
  };
}

function createInput(format: SoundFormat): {
  tone: { hertz: number; levelDbfs: number };
  take(samples: Float32Array): void;
  isFull(): boolean;
  look(spectrum: ReturnType<typeof createSpectrum>): void;
} {
  const bins = windowSamples / 2 + 1;
  const ring = new Float32Array(windowSamples);
  const history = Array.from({ length: windows }, () => new Float32Array(bins));
  const mean = new Float64Array(bins);
  const chooseTone = createToneChoice(format.sampleRateHz / windowSamples, bins);
  const tone = { hertz: Number.NaN, levelDbfs: Number.NaN };
  let written = 0;
  let looks = 0;
  return {
    tone,
    take(samples) {
      for (let index = 0; index < samples.length; index++) {
        ring[written++ % windowSamples] = samples[index] as number;
      }
    },
    isFull: () => written >= windowSamples,
    look(spectrum) {
      const latest = history[looks++ % windows] as Float32Array;
      spectrum(ring, written % windowSamples, latest);
      mean.fill(0);
      const count = Math.min(looks, windows);
      for (let at = 0; at < count; at++) {
        const one = history[at] as Float32Array;
        for (let bin = 0; bin < bins; bin++) mean[bin] = (mean[bin] as number) + (one[bin] as number) / count;
      }
      chooseTone({ latest, windows: history.slice(0, count), mean }, tone);
    },
  };
}
