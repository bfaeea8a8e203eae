import { channelMeasures } from './channel-measures.ts';
import type { SoundInstrument, SoundInstrumentKind } from './instrument.ts';

/** Columns of a channel. */
const columns = 9;

/**
 * Peak, root mean square, flatness of the peaks, direct current, the lowest and the highest sample, and how far samples that follow each
 * other lie apart, of each channel, over one picture. All mean what ffmpeg's astats means, so that reports of other tools compare.
 */
export const soundLevels: SoundInstrumentKind = {
  name: 'levels',
  measures: (channels) =>
    channelMeasures(channels, [
      { id: 'peakDbfs', unit: 'dBFS', key: 'Peak_level' },
      { id: 'rmsDbfs', unit: 'dBFS', key: 'RMS_level' },
      { id: 'flatFactor', unit: 'factor', key: 'Flat_factor' },
      { id: 'dcOffset', unit: 'share', key: 'DC_offset' },
      { id: 'lowestSample', unit: 'share', key: 'Min_level' },
      { id: 'highestSample', unit: 'share', key: 'Max_level' },
      { id: 'smallestStep', unit: 'share', key: 'Min_difference' },
      { id: 'largestStep', unit: 'share', key: 'Max_difference' },
      { id: 'meanStep', unit: 'share', key: 'Mean_difference' },
    ]),
  open: (): SoundInstrument => ({
    measure(piece, into, at) {
      for (const [channel, samples] of piece.entries()) measureChannel(samples, into, at + channel * columns);
    },
  }),
};

function measureChannel(samples: Float32Array, into: Float32Array, at: number): void {
  const length = samples.length;
  if (length === 0) {
    into.fill(Number.NaN, at, at + columns);
    return;
  }
  let [sum, squares, steps] = [0, 0, 0];
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  let smallestStep = Number.POSITIVE_INFINITY;
  let largestStep = 0;
  let before = samples[0] as number;
  for (let index = 0; index < length; index++) {
    const sample = samples[index] as number;
    sum += sample;
    squares += sample * sample;
    if (sample < minimum) minimum = sample;
    if (sample > maximum) maximum = sample;
    const step = Math.abs(sample - before);
    steps += step;
    if (step > largestStep) largestStep = step;
    // The first sample has none before it.
    if (step < smallestStep && index > 0) smallestStep = step;
    before = sample;
  }
  into[at] = 20 * Math.log10(Math.max(-minimum, maximum));
  into[at + 1] = 10 * Math.log10(squares / length);
  into[at + 2] = flatFactor(samples, minimum, maximum);
  into[at + 3] = sum / length;
  into[at + 4] = minimum;
  into[at + 5] = maximum;
  into[at + 6] = length > 1 ? smallestStep : Number.NaN;
  into[at + 7] = length > 1 ? largestStep : Number.NaN;
  into[at + 8] = steps / (length - 1);
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
