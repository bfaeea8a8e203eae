import { channelMeasures } from './channel-measures.ts';
import type { SoundFormat, SoundInstrument, SoundInstrumentKind } from './instrument.ts';

/** Columns of a channel. */
const columns = 4;
/** Blocks of 2.5 ms; a level is that of two of them. */
const blocksPerSecond = 400;
/** Two blocks, one between that may hold a slope, and two more. */
const remembered = 5;
/** Blocks before those: 20 ms in which a fade would have begun. */
const earlier = 8;
/** Steps of the whole sound leave out what lies below: hum goes on in a hole, and so does direct current. */
const lowestHz = 150;
/** -150 dB: below is nothing, and the logarithm of nothing is no level to compare with. */
const leastPower = 1e-15;

/**
 * The quietest 5 ms of each picture and its steepest step of level, both of the first difference of the wave: the
 * difference weighs the treble, where a tape's hiss stands evenly under speech and music, and where what is missing on
 * the tape is missed first. A pause of speech falls to the hiss; a dropout falls through it.
 * `fallDb` and `riseDb` are the steepest steps down and up of the whole sound within 7.5 ms: a rise begins a note, but no voice, string or
 * room falls far in so short a time. What it had faded by in the 20 ms before is taken off the fall: a straight fade ends steeply.
 */
export const shortLevel: SoundInstrumentKind = {
  name: 'short level',
  measures: (channels) =>
    channelMeasures(channels, [
      { id: 'floorDbfs', unit: 'dBFS' },
      { id: 'edgeDb', unit: 'dB' },
      { id: 'fallDb', unit: 'dB' },
      { id: 'riseDb', unit: 'dB' },
    ]),
  open(format) {
    const meters = Array.from({ length: format.channels }, () => createMeter(format));
    return {
      measure(piece, into, at) {
        for (const [channel, meter] of meters.entries()) {
          meter(piece[channel] as Float32Array, into, at + channel * columns);
        }
      },
    } satisfies SoundInstrument;
  },
};

function createMeter(format: SoundFormat): (samples: Float32Array, into: Float32Array, at: number) => void {
  const blockSamples = Math.round(format.sampleRateHz / blocksPerSecond);
  const decay = Math.exp((-2 * Math.PI * lowestHz) / format.sampleRateHz);
  const [trebles, wholes] = [createBlocks(), createBlocks()];
  const kept = { previous: 0, high: 0, sum: 0, wholeSum: 0 };
  let filled = 0;

  return (samples, into, at) => {
    // Numbers of this function while it runs: each that outlives it costs memory whenever it changes.
    let { previous, high, sum, wholeSum } = kept;
    let quietest = Number.POSITIVE_INFINITY;
    let [steepest, fall, rise] = [Number.NaN, Number.NaN, Number.NaN];
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index] as number;
      const difference = sample - previous;
      previous = sample;
      high = decay * (high + difference);
      sum += difference * difference;
      wholeSum += high * high;
      if (++filled < blockSamples) continue;
      trebles.push(sum / blockSamples);
      wholes.push(wholeSum / blockSamples);
      sum = 0;
      wholeSum = 0;
      filled = 0;
      if (trebles.after() < quietest) quietest = trebles.after();
      const step = Math.abs(trebles.stepDb());
      if (!(step <= steepest) && !Number.isNaN(step)) steepest = step;
      const wholeStep = wholes.stepDb();
      if (!(wholeStep <= rise) && !Number.isNaN(wholeStep)) rise = Math.max(0, wholeStep);
      const fallen = -wholeStep - wholes.fadedDb();
      if (!(fallen <= fall) && !Number.isNaN(fallen)) fall = Math.max(0, fallen);
    }
    Object.assign(kept, { previous, high, sum, wholeSum });
    into[at] = quietest === Number.POSITIVE_INFINITY ? Number.NaN : 10 * Math.log10(quietest);
    into[at + 1] = steepest;
    into[at + 2] = fall;
    into[at + 3] = rise;
  };
}

/** The powers of the last blocks. */
function createBlocks(): {
  push(power: number): void;
  after(): number;
  stepDb(): number;
  /** How much louder the sound was before the step than right at it. */
  fadedDb(): number;
} {
  const powers = new Float64Array(earlier + remembered).fill(Number.NaN);
  const mean = (from: number, to: number) => {
    let sum = 0;
    for (let at = from; at < to; at++) sum += powers[at] as number;
    return Math.max(sum / (to - from), leastPower);
  };
  const before = () => mean(earlier, earlier + 2);
  const after = () => ((powers[earlier + 3] as number) + (powers[earlier + 4] as number)) / 2;
  return {
    push(power) {
      powers.copyWithin(0, 1);
      powers[powers.length - 1] = power;
    },
    after,
    stepDb: () => 10 * Math.log10(Math.max(after(), leastPower) / before()),
    fadedDb: () => Math.max(0, 10 * Math.log10(mean(0, earlier) / before())),
  };
}
