import { channelMeasures } from './channel-measures.ts';
import type { SoundInstrumentKind } from './instrument.ts';
import { createSyncMatcher } from './sync-match.ts';

/** SMPTE ST 12-1: the last 16 of a frame's 80 bits, as they come. */
const syncWord = 0b0011_1111_1111_1101;
const bitsPerFrame = 80;
/** From 24 pictures a second at a slow deck to 30 at a fast one. */
const slowestBitsPerSecond = 24 * bitsPerFrame * 0.9;
const fastestBitsPerSecond = 30 * bitsPerFrame * 1.1;
/** Of the largest swing of late: a transition is nearly whole, noise between them is not. */
const swingShare = 0.4;

/**
 * Sync words of longitudinal time code that were heard in each picture, each a whole frame of 80 bits after another: one a
 * picture where a channel carries time code, and nothing else carries any. They are read bit by bit where the code is louder than
 * what else there is, and known by their shape where it is not.
 */
export const timeCode: SoundInstrumentKind = {
  name: 'time code',
  measures: (channels) => channelMeasures(channels, [{ id: 'ltcWords', unit: 'count' }]),
  open(format) {
    const inputs = Array.from({ length: format.channels }, () => ({
      read: createReader(format.sampleRateHz),
      match: createSyncMatcher(format),
    }));
    return {
      measure(piece, into, at) {
        for (const [channel, { read, match }] of inputs.entries()) {
          const samples = piece[channel] as Float32Array;
          const words = read(samples);
          const isMatch = match(samples);
          into[at + channel] = words === 0 && isMatch ? 1 : words;
        }
      },
    };
  },
};

/** A biphase mark decoder that follows the speed of the code. */
function createReader(sampleRateHz: number): (samples: Float32Array) => number {
  const shortestBit = sampleRateHz / fastestBitsPerSecond;
  const longestBit = sampleRateHz / slowestBitsPerSecond;
  const middleBit = (shortestBit + longestBit) / 2;
  const halfBit = Math.round(middleBit / 2);
  const decay = Math.exp(-1 / (10 * middleBit));
  // Two half bits of samples, and the sums over each: what a half bit looks for is the half bit before it.
  const line = new Float32Array(2 * halfBit);
  let place = 0;
  // Sums of late, of those before, and how far they swing.
  const kept = { late: 0, early: 0, swing: 0 };
  let state = 0;
  let sinceTransition = 0;
  let bitSamples = middleBit;
  let hasHalf = false;
  let register = 0;
  let samplesSinceWord = Number.POSITIVE_INFINITY;

  /** Whether this bit ends a sync word that came a frame after another: what lies between may have been drowned by programme. */
  function takeBit(bit: 0 | 1): boolean {
    register = ((register << 1) | bit) & 0xffff;
    if (register !== syncWord) return false;
    const isFrame =
      samplesSinceWord > bitsPerFrame * shortestBit && samplesSinceWord < bitsPerFrame * longestBit;
    samplesSinceWord = 0;
    return isFrame;
  }

  /** A stretch between two transitions: a whole bit is a 0, two halves are a 1. */
  function takeStretch(length: number): boolean {
    if (length > 0.75 * bitSamples) {
      hasHalf = false;
      bitSamples = Math.min(longestBit, Math.max(shortestBit, bitSamples + (length - bitSamples) / 16));
      return takeBit(0);
    }
    bitSamples = Math.min(longestBit, Math.max(shortestBit, bitSamples + (2 * length - bitSamples) / 16));
    hasHalf = !hasHalf;
    return hasHalf ? false : takeBit(1);
  }

  return (samples) => {
    let words = 0;
    // Numbers of this function while it runs: each that outlives it costs memory whenever it changes.
    let { late, early, swing } = kept;
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index] as number;
      const middle = line[place < halfBit ? place + halfBit : place - halfBit] as number;
      late += sample - middle;
      early += middle - (line[place] as number);
      line[place] = sample;
      place = place + 1 === 2 * halfBit ? 0 : place + 1;
      const turn = late - early;
      const size = turn < 0 ? -turn : turn;
      sinceTransition++;
      samplesSinceWord++;
      swing *= decay;
      if (size > swing) swing = size;
      if (size < swingShare * swing || turn === 0) continue;
      const side = turn > 0 ? 1 : -1;
      if (side === state) continue;
      state = side;
      if (takeStretch(sinceTransition)) words++;
      sinceTransition = 0;
    }
    Object.assign(kept, { late, early, swing });
    return words;
  };
}
