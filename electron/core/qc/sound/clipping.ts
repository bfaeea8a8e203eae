import { channelMeasures } from './channel-measures.ts';
import type { SoundInstrument, SoundInstrumentKind } from './instrument.ts';

/** How deep the crest reaches that is looked at: a tape's noise of up to a hundredth of the peak leaves its top whole. */
const crestShare = 0.03;
/** Two samples side by side are flat in any wave. */
const leastSamples = 3;
/** A clean crest is a parabola, which gives 1; a crest cut by half a decibel gives a fifth. Half way, on a logarithmic scale. */
const flatness = 0.4;
/** Of what stands at the crest: where a ceiling cuts, it cuts nearly every top that reaches it; noise flattens one now and then. */
const flatShare = 0.6;
/** -40 dBFS: what stops below has not met a ceiling. */
const leastPeak = 0.01;

/**
 * Samples in flat tops: stretches at the highest or the lowest value of the picture where the wave stands still although
 * it comes and goes steeply. At full scale the converter ran out of range; below, an amplifier or the tape did. A sine
 * has none at any level or frequency, since its crest is as round as its flanks foretell.
 */
export const soundClipping: SoundInstrumentKind = {
  name: 'clipping',
  measures: (channels) => channelMeasures(channels, [{ id: 'clippedSamples', unit: 'count' }]),
  open: (): SoundInstrument => ({
    measure(piece, into, at) {
      for (const [channel, samples] of piece.entries()) into[at + channel] = clippedSamples(samples);
    },
  }),
};

function clippedSamples(samples: Float32Array): number {
  let minimum = 0;
  let maximum = 0;
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index] as number;
    if (sample < minimum) minimum = sample;
    else if (sample > maximum) maximum = sample;
  }
  if (samples.length === 0) return Number.NaN;
  return samplesInFlatTops(samples, maximum, 1) + samplesInFlatTops(samples, -minimum, -1);
}

function samplesInFlatTops(samples: Float32Array, ceiling: number, sign: 1 | -1): number {
  if (ceiling < leastPeak) return 0;
  const crest = ceiling * (1 - crestShare);
  const length = samples.length;
  let count = 0;
  let atCrest = 0;
  for (let index = 0; index < length; index++) {
    if ((samples[index] as number) * sign < crest) continue;
    const start = index;
    let highest = 0;
    let sum = 0;
    while (index < length) {
      const sample = (samples[index] as number) * sign;
      if (sample < crest) break;
      if (sample > highest) highest = sample;
      sum += sample;
      index++;
    }
    const run = index - start;
    atCrest += run;
    if (run < leastSamples) continue;
    const beside = (run + 1) >> 1;
    const before = start - beside;
    const after = index - 1 + beside;
    // A top at the edge of the picture is judged by the one flank that is here.
    const left = before >= 0 ? (samples[before] as number) * sign : Number.NaN;
    const right = after < length ? (samples[after] as number) * sign : Number.NaN;
    // The higher one: a sawtooth climbs to its top and falls off in a sample, and its top is no flatter than the slope that leads to it.
    const flank = Number.isNaN(left) ? right : Number.isNaN(right) ? left : Math.max(left, right);
    const reach = (run - 1) / 2 + beside;
    const meanDropOfParabola = ((highest - flank) * ((run * run - 1) / 12)) / (reach * reach);
    if (highest - sum / run < flatness * meanDropOfParabola) count += run;
  }
  return count >= flatShare * atCrest ? count : 0;
}
