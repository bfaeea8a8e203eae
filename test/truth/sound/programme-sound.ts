import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import { sampleRateHz } from '#core/devices/simulator/standard.ts';

/** Sound of a tape: one array a channel, full scale is 1. */
export type Sound = Float32Array[];

export const soundNames = ['speech', 'music', 'street', 'room'] as const;
export type SoundName = (typeof soundNames)[number];

/** Sound of a programme without the tape's own hiss, in stereo: two channels that are alike and never the same. */
export function programmeSound(name: SoundName, samples: number, seed: number): Sound {
  const left = new Float32Array(samples);
  const right = new Float32Array(samples);
  if (name === 'speech') {
    mix(speech(samples, mixSeeds(seed, 1)), left, right, 0.8, 0.72);
    room(left, right, mixSeeds(seed, 2), 0.004);
  } else if (name === 'music') {
    mix(notes(samples, mixSeeds(seed, 3), 4), left, right, 0.7, 0.45);
    mix(notes(samples, mixSeeds(seed, 4), 7), left, right, 0.4, 0.65);
    mix(drums(samples, mixSeeds(seed, 5)), left, right, 0.5, 0.55);
    room(left, right, mixSeeds(seed, 6), 0.002);
  } else if (name === 'street') {
    room(left, right, mixSeeds(seed, 7), 0.05);
    mix(speech(samples, mixSeeds(seed, 8)), left, right, 0.36, 0.4);
  } else {
    room(left, right, mixSeeds(seed, 9), 0.012);
  }
  return [left, right];
}

function mix(
  from: Float32Array,
  left: Float32Array,
  right: Float32Array,
  toLeft: number,
  toRight: number,
): void {
  // A few samples between the ears: what comes from the side is not the same in both microphones.
  const late = 9;
  for (let at = 0; at < from.length; at++) {
    left[at] = (left[at] as number) + toLeft * (from[at] as number);
    right[at] = (right[at] as number) + toRight * (at < late ? 0 : (from[at - late] as number));
  }
}

/** Room tone and distant traffic: noise that falls off upwards and swells, its own in each channel. */
function room(left: Float32Array, right: Float32Array, seed: number, level: number): void {
  const random = seededRandom(seed);
  let common = 0;
  let low = 0;
  let lowRight = 0;
  for (let at = 0; at < left.length; at++) {
    common += 0.02 * (random() - 0.5 - common);
    low += 0.08 * (random() - 0.5 - low);
    lowRight += 0.08 * (random() - 0.5 - lowRight);
    const swell = level * (1 + 0.4 * Math.sin(at / 31_000));
    left[at] = (left[at] as number) + swell * (5 * common + 3 * low);
    right[at] = (right[at] as number) + swell * (5 * common + 3 * lowRight);
  }
}

/** Syllables: a voice through three resonances that wander, with hissed consonants and pauses for breath. */
export function speech(samples: number, seed: number, pauseShare = 0.18): Float32Array {
  const random = seededRandom(seed);
  const voice = new Float32Array(samples);
  const pitch = 95 + 110 * random();
  const resonators = [resonator(), resonator(), resonator()];
  let at = 0;
  let phase = 0;
  while (at < samples) {
    const length = Math.floor(sampleRateHz * (0.09 + 0.16 * random()));
    if (random() < pauseShare) {
      at += length * 2;
      continue;
    }
    const hertz = [300 + 500 * random(), 900 + 1300 * random(), 2300 + 800 * random()];
    for (const [index, one] of resonators.entries()) one.tune(hertz[index] as number, 70 + 50 * index);
    const isHissed = random() < 0.35;
    const tone = pitch * (0.85 + 0.35 * random());
    const level = 0.4 + 0.5 * random();
    let noise = 0;
    for (let n = 0; n < length && at + n < samples; n++) {
      const envelope = Math.sin((Math.PI * n) / length) * level;
      phase += tone / sampleRateHz;
      if (phase >= 1) phase -= 1;
      // A glottal pulse: rises slowly, closes at once, and breath with it.
      const pulse = phase < 0.6 ? phase * phase * 1.6 - 0.2 : -0.2;
      const source = pulse + 0.05 * (random() - 0.5);
      let sum = 0;
      for (const one of resonators) sum += one.step(source);
      const white = random() - 0.5;
      noise = white - noise * 0.7;
      const hiss = isHissed && n < length / 3 ? 0.16 * noise : 0;
      voice[at + n] = envelope * (0.045 * sum + hiss);
    }
    at += length;
  }
  return voice;
}

function resonator() {
  let a1 = 0;
  let a2 = 0;
  let y1 = 0;
  let y2 = 0;
  return {
    tune(hertz: number, width: number): void {
      const radius = Math.exp((-Math.PI * width) / sampleRateHz);
      a1 = 2 * radius * Math.cos((2 * Math.PI * hertz) / sampleRateHz);
      a2 = -radius * radius;
    },
    step(input: number): number {
      const y = input + a1 * y1 + a2 * y2;
      y2 = y1;
      y1 = y;
      return y * (1 - Math.sqrt(-a2)) * 40;
    },
  };
}

const scale = [0, 3, 5, 7, 10, 12, 15, 19];

/** Plucked and bowed notes with overtones that die away at their own speeds, and a bass under them. */
export function notes(samples: number, seed: number, perSecond: number): Float32Array {
  const random = seededRandom(seed);
  const out = new Float32Array(samples);
  const root = 110 * 2 ** (Math.floor(random() * 5) / 12);
  for (let start = 0; start < samples; start += Math.floor(sampleRateHz / perSecond)) {
    const isBass = random() < 0.2;
    const step = scale[Math.floor(random() * scale.length)] as number;
    const hertz = root * 2 ** (step / 12) * (isBass ? 0.5 : 2);
    const length = Math.min(samples - start, Math.floor(sampleRateHz * (0.3 + 1.2 * random())));
    const level = 0.06 + 0.08 * random();
    for (let partial = 1; partial <= 6; partial++) {
      const omega = (2 * Math.PI * hertz * partial * (1 + 0.0004 * partial * partial)) / sampleRateHz;
      if (omega > 2.2) break;
      ring(out, start, length, omega, level / partial ** 1.3, (2 + 2.5 * partial) / sampleRateHz);
    }
  }
  return out;
}

/** Adds a sine that dies away, turned by a rotation each sample: no call of Math.sin in the loop. */
function ring(
  out: Float32Array,
  start: number,
  length: number,
  omega: number,
  level: number,
  decay: number,
): void {
  const cosine = Math.cos(omega);
  const sine = Math.sin(omega);
  const loss = Math.exp(-decay);
  let re = level;
  let im = 0;
  const attack = sampleRateHz * 0.004;
  for (let n = 0; n < length; n++) {
    const next = (re * cosine - im * sine) * loss;
    im = (re * sine + im * cosine) * loss;
    re = next;
    const rise = n < attack ? n / attack : n > length - attack ? (length - n) / attack : 1;
    out[start + n] = (out[start + n] as number) + im * rise;
  }
}

function drums(samples: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const out = new Float32Array(samples);
  const beat = Math.floor(sampleRateHz * (0.42 + 0.15 * random()));
  for (let start = 0, count = 0; start < samples; start += Math.floor(beat / 2), count++) {
    const length = Math.min(samples - start, 6000);
    if (count % 4 === 0) ring(out, start, length, (2 * Math.PI * 62) / sampleRateHz, 0.3, 0.0006);
    const level = count % 4 === 2 ? 0.16 : 0.04;
    let last = 0;
    for (let n = 0; n < length; n++) {
      const white = random() - 0.5;
      out[start + n] = (out[start + n] as number) + level * Math.exp(-n / 900) * (white - last);
      last = white;
    }
  }
  return out;
}
