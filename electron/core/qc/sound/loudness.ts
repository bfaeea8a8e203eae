import { channelMeasures } from './channel-measures.ts';
import type { SoundFormat, SoundInstrumentKind } from './instrument.ts';

/** ITU-R BS.1770-5, annex 1: the window of momentary loudness. */
const windowSeconds = 0.4;
/** The same: -0.691 makes a 997 Hz sine at full scale in one channel read -3.01. */
const offsetDb = -0.691;
/** ITU-R BS.1770-5, tables 1 and 2: the shelf for the head and the high pass, at 48 kHz. */
const tableRateHz = 48_000;
const shelf = {
  b: [1.53512485958697, -2.69169618940638, 1.19839281085285],
  a: [1, -1.69065929318241, 0.73248077421585],
} as const;
const highPass = { b: [1, -2, 1], a: [1, -1.99004745483398, 0.99007225036621] } as const;

/**
 * Momentary loudness of each channel by itself (ITU-R BS.1770, EBU R 128): the last 0.4 s, weighted for the ear. A
 * programme of two channels is as loud as the powers of both together, so nothing is lost by keeping them apart.
 */
export const soundLoudness: SoundInstrumentKind = {
  name: 'loudness',
  measures: (channels) => channelMeasures(channels, [{ id: 'momentaryLufs', unit: 'LUFS' }]),
  open(format) {
    const meters = Array.from({ length: format.channels }, () => createMeter(format));
    return {
      measure(piece, into, at) {
        for (const [channel, meter] of meters.entries()) {
          into[at + channel] = meter(piece[channel] as Float32Array);
        }
      },
    };
  },
};

function createMeter(format: SoundFormat): (samples: Float32Array) => number {
  const window = Math.max(1, Math.round((windowSeconds * format.frameRate.num) / format.frameRate.den));
  const powers = new Float64Array(window);
  const counts = new Float64Array(window);
  const weigh = createWeighting(format.sampleRateHz);
  let pieces = 0;
  return (samples) => {
    const place = pieces++ % window;
    powers[place] = weigh(samples);
    counts[place] = samples.length;
    if (pieces < window) return Number.NaN;
    let power = 0;
    let count = 0;
    for (let index = 0; index < window; index++) {
      power += powers[index] as number;
      count += counts[index] as number;
    }
    return count === 0 ? Number.NaN : offsetDb + 10 * Math.log10(power / count);
  };
}

/** Gives the sum of squares of the weighted wave; filters run on from piece to piece. */
function createWeighting(sampleRateHz: number): (samples: Float32Array) => number {
  const [s, h] = [atRate(shelf, sampleRateHz), atRate(highPass, sampleRateHz)];
  const kept = { s1: 0, s2: 0, h1: 0, h2: 0 };
  return (samples) => {
    // Numbers of this function while it runs: each that outlives it costs memory whenever it changes.
    let { s1, s2, h1, h2 } = kept;
    let sum = 0;
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index] as number;
      const shelved = s.b0 * sample + s1;
      s1 = s.b1 * sample - s.a1 * shelved + s2;
      s2 = s.b2 * sample - s.a2 * shelved;
      const weighted = h.b0 * shelved + h1;
      h1 = h.b1 * shelved - h.a1 * weighted + h2;
      h2 = h.b2 * shelved - h.a2 * weighted;
      sum += weighted * weighted;
    }
    // Silence would leave ever smaller remains in the filters, which processors handle slowly.
    if (Math.abs(h1) < 1e-30) h1 = 0;
    if (Math.abs(h2) < 1e-30) h2 = 0;
    if (Math.abs(s1) < 1e-30) s1 = 0;
    if (Math.abs(s2) < 1e-30) s2 = 0;
    Object.assign(kept, { s1, s2, h1, h2 });
    return sum;
  };
}

/**
 * A filter of the standard at another sampling rate: its poles and zeros are taken back to the analogue filter that
 * they stand for (bilinear transform) and sampled anew.
 */
function atRate(
  filter: { b: readonly [number, number, number]; a: readonly [number, number, number] },
  sampleRateHz: number,
): { b0: number; b1: number; b2: number; a1: number; a2: number } {
  const scale = sampleRateHz / tableRateHz;
  const move = ([c0, c1, c2]: readonly [number, number, number]): [number, number, number] => {
    const constant = c0 + c1 + c2;
    const linear = 2 * (c0 - c2) * scale;
    const square = (c0 - c1 + c2) * scale * scale;
    return [(constant + linear + square) / 4, (constant - square) / 2, (constant - linear + square) / 4];
  };
  const [b0, b1, b2] = move(filter.b);
  const [a0, a1, a2] = move(filter.a);
  return { b0: b0 / a0, b1: b1 / a0, b2: b2 / a0, a1: a1 / a0, a2: a2 / a0 };
}
