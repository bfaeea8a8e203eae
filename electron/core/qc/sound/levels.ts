import { channelMeasures } from './channel-measures.ts';
import type { SoundInstrument, SoundInstrumentKind } from './instrument.ts';

/**
 * Peak, root mean square, flatness of the peaks and direct current of each channel, over one picture. The first three
 * mean what ffmpeg's astats means by Peak_level, RMS_level and Flat_factor, so that reports of other tools compare.
 */
export const soundLevels: SoundInstrumentKind = {
  name: 'levels',
  measures: (channels) =>
    channelMeasures(channels, [
      { id: 'peakDbfs', unit: 'dBFS', key: 'Peak_level' },
      { id: 'rmsDbfs', unit: 'dBFS', key: 'RMS_level' },
      { id: 'flatFactor', unit: 'factor', key: 'Flat_factor' },
      { id: 'dcOffset', unit: 'share', key: 'DC_offset' },
    ]),
  open: (): SoundInstrument => ({
    measure(piece, into, at) {
      for (const [channel, samples] of piece.entries()) measureChannel(samples, into, at + channel * 4);
    },
  }),
};

function measureChannel(samples: Float32Array, into: Float32Array, at: number): void {
  const length = samples.length;
  let sum = 0;
  let squares = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < length; index++) {
    const sample = samples[index] as number;
    sum += sample;
    squares += sample * sample;
    if (sample < minimum) minimum = sample;
    if (sample > maximum) maximum = sample;
  }
  into[at] = length === 0 ? Number.NaN : 20 * Math.log10(Math.max(-minimum, maximum));
  into[at + 1] = length === 0 ? Number.NaN : 10 * Math.log10(squares / length);
  into[at + 2] = flatFactor(samples, minimum, maximum);
  into[at + 3] = length === 0 ? Number.NaN : sum / length;
}

/**
 * Mean square of the lengths of those runs of equal samples that lie at the highest or the lowest value, over the
 * mean length; in dB, 0 where the wave only touches its peaks. A run that reaches to the end of the picture does not count, as in astats.
 */
function flatFactor(samples: Float32Array, minimum: number, maximum: number): number {
  let count = 0;
  let squares = 0;
  for (let index = 0; index < samples.length; ) {
    const sample = samples[index] as number;
    if (sample !== minimum && sample !== maximum) {
      index++;
      continue;
    }
    const start = index;
    while (index < samples.length && samples[index] === sample) index++;
    const run = index - start;
    count += run;
    if (index < samples.length) squares += run * run;
  }
  return count === 0 ? Number.NaN : 20 * Math.log10(squares / count);
}
