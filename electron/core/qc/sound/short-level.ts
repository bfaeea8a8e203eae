import { channelMeasures } from './channel-measures.ts';
import type { SoundFormat, SoundInstrument, SoundInstrumentKind } from './instrument.ts';

/** Blocks of 2.5 ms; a level is that of two of them. */
const blocksPerSecond = 400;
/** Two blocks, one between that may hold a slope, and two more. */
const remembered = 5;
/** -150 dB: below is nothing, and the logarithm of nothing is no level to compare with. */
const leastPower = 1e-15;

/**
 * The quietest 5 ms of each picture and its steepest step of level, both of the first difference of the wave: the
 * difference weighs the treble, where a tape's hiss stands evenly under speech and music, and where what is missing on
 * the tape is missed first. A pause of speech falls to the hiss; a dropout falls through it.
 */
export const shortLevel: SoundInstrumentKind = {
  name: 'short level',
  measures: (channels) =>
    channelMeasures(channels, [
      { id: 'floorDbfs', unit: 'dBFS' },
      { id: 'edgeDb', unit: 'dB' },
    ]),
  open(format) {
    const meters = Array.from({ length: format.channels }, () => createMeter(format));
    return {
      measure(piece, into, at) {
        for (const [channel, meter] of meters.entries()) {
          meter(piece[channel] as Float32Array, into, at + channel * 2);
        }
      },
    } satisfies SoundInstrument;
  },
};

function createMeter(format: SoundFormat): (samples: Float32Array, into: Float32Array, at: number) => void {
  const blockSamples = Math.round(format.sampleRateHz / blocksPerSecond);
  const powers = new Float64Array(remembered).fill(Number.NaN);
  const kept = { previous: 0, sum: 0 };
  let filled = 0;

  return (samples, into, at) => {
    // Numbers of this function while it runs: each that outlives it costs memory whenever it changes.
    let { previous, sum } = kept;
    let quietest = Number.POSITIVE_INFINITY;
    let steepest = Number.NaN;
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index] as number;
      const difference = sample - previous;
      previous = sample;
      sum += difference * difference;
      if (++filled < blockSamples) continue;
      powers.copyWithin(0, 1);
      powers[remembered - 1] = sum / blockSamples;
      sum = 0;
      filled = 0;
      const after = ((powers[3] as number) + (powers[4] as number)) / 2;
      const before = ((powers[0] as number) + (powers[1] as number)) / 2;
      if (after < quietest) quietest = after;
      const step = Math.abs(10 * Math.log10(Math.max(after, leastPower) / Math.max(before, leastPower)));
      if (!(step <= steepest)) steepest = Number.isNaN(step) ? steepest : step;
    }
    Object.assign(kept, { previous, sum });
    into[at] = quietest === Number.POSITIVE_INFINITY ? Number.NaN : 10 * Math.log10(quietest);
    into[at + 1] = steepest;
  };
}
