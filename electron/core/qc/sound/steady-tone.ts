import { nthSmallest } from '../nth-smallest.ts';
import { channelMeasures } from './channel-measures.ts';
import type { SoundFormat, SoundInstrumentKind } from './instrument.ts';
import { createSpectrum } from './spectrum.ts';
import { createToneChoice, type Tone } from './tone-choice.ts';

/**
 * Long windows tell a tone from noise that never stops: at 48 kHz 0.68 s, lines 1.5 Hz wide. A note's vibrato and a voice's
 * glide spread there, an oscillator stays in one line. The mean of six of them counts.
 */
const long = { samples: 32_768, windows: 6, stepSeconds: 0.32 };
/**
 * Short windows tell it from speech, since they fit between words: 0.09 s, lines 12 Hz wide. Of the 30 of the last 2.4 s the
 * quiet ones count, line by line: an oscillator is there in every one.
 */
const short = { samples: 4096, windows: 30, stepSeconds: 0.08, quietShare: 0.2, aroundBins: 20 };

/**
 * The clearest tone that stays: its frequency and level (root mean square, as in rmsDbfs). Where it is nearly all there is, over
 * the 0.7 s that end with the picture; under a programme, over the last 2.4 s. NaN where no line stands out, and in the first 0.7 s.
 */
export const steadyTone: SoundInstrumentKind = {
  name: 'steady tone',
  measures: (channels) =>
    channelMeasures(channels, [
      { id: 'toneHz', unit: 'Hz' },
      { id: 'toneDbfs', unit: 'dBFS' },
    ]),
  open(format) {
    const piecesIn = (seconds: number) =>
      Math.max(1, Math.round((seconds * format.frameRate.num) / format.frameRate.den));
    const [longStep, shortStep] = [piecesIn(long.stepSeconds), piecesIn(short.stepSeconds)];
    const spectra = { long: createSpectrum(long.samples), short: createSpectrum(short.samples) };
    const inputs = Array.from({ length: format.channels }, () => createInput(format, spectra));
    let pieces = 0;
    return {
      measure(piece, into, at) {
        pieces++;
        for (const [channel, input] of inputs.entries()) {
          input.take(piece[channel] as Float32Array);
          // Channels take turns, so that no picture pays for all of them.
          if ((pieces + channel) % shortStep === 0) input.lookShort();
          if ((pieces + Math.floor((channel * longStep) / inputs.length)) % longStep === 0) input.lookLong();
          into[at + channel * 2] = input.tone.hertz;
          into[at + channel * 2 + 1] = input.tone.levelDbfs;
        }
      },
    };
  },
};

function createInput(
  format: SoundFormat,
  spectra: Record<'long' | 'short', ReturnType<typeof createSpectrum>>,
): {
  tone: Tone;
  take(samples: Float32Array): void;
  lookShort(): void;
  lookLong(): void;
} {
  const ring = new Float32Array(long.samples);
  const [longMemory, shortMemory] = [long, short].map(({ samples, windows }) =>
    createMemory(samples, windows),
  ) as [Memory, Memory];
  const mean = new Float64Array(longMemory.bins);
  const quiet = new Float64Array(shortMemory.bins);
  const chooseLong = createToneChoice(format.sampleRateHz / long.samples, longMemory.bins);
  const chooseShort = createToneChoice(
    format.sampleRateHz / short.samples,
    shortMemory.bins,
    short.aroundBins,
  );
  const tone: Tone = { hertz: Number.NaN, levelDbfs: Number.NaN };
  /** Power of all of each long window. */
  const loudness = new Float32Array(long.windows);
  let looks = 0;
  let written = 0;
  return {
    tone,
    take(samples) {
      for (let index = 0; index < samples.length; index++) {
        ring[written++ % long.samples] = samples[index] as number;
      }
    },
    lookShort() {
      if (written >= short.samples) spectra.short(ring, written - short.samples, shortMemory.next());
    },
    lookLong() {
      if (written < long.samples) return;
      const latest = longMemory.next();
      loudness[looks++ % long.windows] = spectra.long(ring, written - long.samples, latest);
      const windows = longMemory.filled();
      if (chooseLong.alone(latest, tone)) return;
      mean.fill(0);
      for (const one of windows) {
        for (let bin = 0; bin < mean.length; bin++) {
          mean[bin] = (mean[bin] as number) + (one[bin] as number);
        }
      }
      for (let bin = 0; bin < mean.length; bin++) mean[bin] = (mean[bin] as number) / windows.length;
      if (shortMemory.isFull()) {
        shortMemory.quantile(short.quietShare, quiet);
        if (chooseShort.among(quiet, [], loudness, tone) && chooseLong.confirm(mean, windows, loudness, tone))
          return;
      }
      if (chooseLong.among(mean, windows, loudness, tone)) return;
      tone.hertz = Number.NaN;
      tone.levelDbfs = Number.NaN;
    },
  };
}

interface Memory {
  bins: number;
  /** Memory of the oldest window, for a new one. */
  next(): Float32Array;
  filled(): Float32Array[];
  isFull(): boolean;
  /** Line by line, the level that so large a share of the windows stays below. */
  quantile(share: number, into: Float64Array): void;
}

/** Spectra of the last windows. */
function createMemory(samples: number, windows: number): Memory {
  const bins = samples / 2 + 1;
  const spectra = Array.from({ length: windows }, () => new Float32Array(bins));
  const one = new Float32Array(windows);
  let count = 0;
  return {
    bins,
    next: () => spectra[count++ % windows] as Float32Array,
    filled: () => spectra.slice(0, Math.min(count, windows)),
    isFull: () => count >= windows,
    quantile(share, into) {
      const place = Math.round(share * (windows - 1));
      for (let bin = 0; bin < bins; bin++) {
        for (let at = 0; at < windows; at++) one[at] = (spectra[at] as Float32Array)[bin] as number;
        into[bin] = nthSmallest(one, windows, place);
      }
    },
  };
}
