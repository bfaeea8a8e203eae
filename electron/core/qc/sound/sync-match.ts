import type { SoundFormat } from './instrument.ts';

/** SMPTE ST 12-1: the last 16 of a frame's 80 bits, as they come. */
const syncBits = '0011111111111101';
const bitsPerFrame = 80;
/** Time code lies below 4 kHz: the wave is brought down to about this rate. */
const loweredHz = 12_000;
/** Own: likeness of the wave with the word. Noise reaches it in one picture of hundreds, and twice at a frame's distance never. */
const leastLikeness = 0.6;
/** A steady tone is as like the word's row of ones a bit earlier or later; the word itself is not. */
const mostBeside = 0.85;
/** Words that stand a few frames apart, since the programme drowned those between. */
const mostFramesApart = 5;

/**
 * Looks for the sync word of time code as a shape, under a programme that is as loud or louder, where no bit can be read for sure. It expects a
 * frame of time code to last as long as a picture, which it does on every tape that was recorded with its pictures. Gives for
 * each piece whether a word was found a whole number of frames behind another.
 */
export function createSyncMatcher(format: SoundFormat): (samples: Float32Array) => boolean {
  const factor = Math.max(1, Math.round(format.sampleRateHz / loweredHz));
  const rate = format.sampleRateHz / factor;
  const picture = (rate * format.frameRate.den) / format.frameRate.num;
  const bit = picture / bitsPerFrame;
  const halfBit = Math.max(1, Math.round(bit / 2));
  const word = shapeOf(bit, halfBit);
  const length = word.length;
  const bitStep = Math.round(bit);
  const wave = new Float32Array(Math.ceil(picture) + length + 2);
  const likeness = new Float32Array(wave.length);
  const delay = new Float32Array(halfBit);
  let [kept, keptSum, inSum, delayAt] = [0, 0, 0, 0];
  let taken = 0;
  const found: number[] = [];

  function take(samples: Float32Array): number {
    let end = kept;
    let sum = keptSum;
    for (let index = 0; index < samples.length; index++) {
      sum += samples[index] as number;
      if (++inSum < factor) continue;
      const value = sum / factor;
      // Against itself half a bit earlier: what hum and bass have in common falls out.
      if (end < wave.length) wave[end++] = value - (delay[delayAt] as number);
      delay[delayAt] = value;
      delayAt = (delayAt + 1) % halfBit;
      sum = 0;
      inSum = 0;
    }
    keptSum = sum;
    return end;
  }

  /** Two sums in turn: one addition has not to wait for the other. */
  function productAt(place: number): number {
    let even = 0;
    let odd = 0;
    for (let at = 0; at + 1 < length; at += 2) {
      even += (word[at] as number) * (wave[place + at] as number);
      odd += (word[at + 1] as number) * (wave[place + at + 1] as number);
    }
    if (length % 2 === 1) even += (word[length - 1] as number) * (wave[place + length - 1] as number);
    return even + odd;
  }

  return (samples) => {
    const end = take(samples);
    const places = end - length;
    if (places <= 2 * bitStep) {
      kept = end;
      return false;
    }
    let energy = 0;
    for (let at = 0; at < length; at++) energy += (wave[at] as number) ** 2;
    let best = 0;
    for (let place = 0; place < places; place++) {
      const product = productAt(place);
      likeness[place] = energy > 1e-14 ? Math.abs(product) / Math.sqrt(energy) : 0;
      energy += (wave[place + length] as number) ** 2 - (wave[place] as number) ** 2;
      if (place >= bitStep && (likeness[place] as number) > (likeness[best] as number)) best = place;
    }
    const value = likeness[best] as number;
    const beside = Math.max(
      likeness[best - bitStep] ?? 0,
      best + bitStep < places ? (likeness[best + bitStep] as number) : 0,
    );
    const position = taken + best;
    // The last stretch as long as a word stays for the next piece, with a bit to look back on.
    const passed = places - bitStep;
    wave.copyWithin(0, passed, end);
    kept = end - passed;
    taken += passed;
    if (value < leastLikeness || beside > mostBeside * value) return false;
    const isBehindAnother = found.some((earlier) => {
      const frames = Math.round((position - earlier) / picture);
      return (
        frames >= 1 && frames <= mostFramesApart && Math.abs(position - earlier - frames * picture) <= 1.5
      );
    });
    found.push(position);
    if (found.length > mostFramesApart) found.shift();
    return isBehindAnother;
  };
}

/** The word as biphase mark, taken against itself half a bit earlier, with the power 1. */
function shapeOf(bit: number, halfBit: number): Float32Array {
  const levels: number[] = [];
  let state = 1;
  for (const one of syncBits) {
    state = -state;
    levels.push(state);
    if (one === '1') state = -state;
    levels.push(state);
  }
  const levelAt = (sample: number) => levels[Math.floor(sample / (bit / 2))] ?? 1;
  // Tenths of a sample, so that edges between samples count in part.
  const tenths = Array.from({ length: 10 }, (_, tenth) => (tenth + 0.5) / 10);
  const mean = (at: number) => tenths.reduce((sum, part) => sum + levelAt(at + part), 0) / 10;
  const length = Math.floor(16 * bit);
  const shape = Float32Array.from({ length }, (_, at) => mean(at) - (at < halfBit ? 1 : mean(at - halfBit)));
  const power = shape.reduce((sum, value) => sum + value * value, 0);
  return shape.map((value) => value / Math.sqrt(power));
}
