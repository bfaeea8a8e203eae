import { channelMeasures } from './channel-measures.ts';
import type { SoundInstrument, SoundInstrumentKind } from './instrument.ts';

/** ITU-R BS.1770-5, annex 2: between two samples the wave is worked out at four places. The last two filters are the first two backwards. */
const [first, second] = [
  [
    ...[0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625],
    ...[0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125],
  ],
  [
    ...[-0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625],
    ...[0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375],
  ],
] as const;
const taps = first.length;
const filters = Float64Array.from([...first, ...second, ...second.toReversed(), ...first.toReversed()]);
/** No place between samples is higher than this many times the highest of the samples that it is worked out from. */
const mostOver = Math.max(
  ...[first, second].map((filter) => filter.reduce((sum, value) => sum + Math.abs(value), 0)),
);
/** Stretches that cannot hold the peak are left out; they are so long. */
const stretchSamples = 16;

/**
 * True peak of each channel over one picture (ITU-R BS.1770, EBU R 128): the highest that the wave gets between samples too, which is
 * where a converter behind it may clip. Never below `peakDbfs`.
 */
export const soundTruePeak: SoundInstrumentKind = {
  name: 'true peak',
  measures: (channels) => channelMeasures(channels, [{ id: 'truePeakDbfs', unit: 'dBFS' }]),
  open({ channels }): SoundInstrument {
    const meters = Array.from({ length: channels }, createMeter);
    return {
      measure(piece, into, at) {
        for (const [channel, meter] of meters.entries()) {
          const samples = piece[channel] as Float32Array;
          into[at + channel] = samples.length === 0 ? Number.NaN : 20 * Math.log10(meter(samples));
        }
      },
    };
  },
};

function createMeter(): (samples: Float32Array) => number {
  /** The last samples of the piece before, and this piece. */
  let line = new Float32Array(taps - 1);
  return (samples) => {
    const length = samples.length + taps - 1;
    const tail = line.subarray(line.length - (taps - 1));
    if (line.length === length) line.copyWithin(0, line.length - (taps - 1));
    else {
      line = new Float32Array(length);
      line.set(tail);
    }
    line.set(samples, taps - 1);
    return peakOf(line);
  };
}

function peakOf(line: Float32Array): number {
  let peak = highestOf(line, taps - 1, line.length);
  for (let start = taps - 1; start < line.length; start += stretchSamples) {
    const end = Math.min(line.length, start + stretchSamples);
    if (highestOf(line, start - taps + 1, end) * mostOver <= peak) continue;
    for (let at = start; at < end; at++) {
      for (let filter = 0; filter < filters.length; filter += taps) {
        let value = 0;
        for (let tap = 0; tap < taps; tap++) {
          value += (filters[filter + tap] as number) * (line[at - tap] as number);
        }
        const size = value < 0 ? -value : value;
        if (size > peak) peak = size;
      }
    }
  }
  return peak;
}

function highestOf(line: Float32Array, from: number, to: number): number {
  let highest = 0;
  for (let at = from; at < to; at++) {
    const value = line[at] as number;
    const size = value < 0 ? -value : value;
    if (size > highest) highest = size;
  }
  return highest;
}
