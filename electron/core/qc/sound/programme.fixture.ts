/** Sounds for tests: seeded, so that every run hears the same. Levels are root mean squares in dBFS. */

export type Sound = Float32Array;
export const rateHz = 48_000;

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator's upper bits). */
function createRandom(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

const amplitudeOf = (levelDbfs: number) => 10 ** (levelDbfs / 20);

function make(seconds: number, rate: number, sampleAt: (index: number) => number): Sound {
  const sound = new Float32Array(Math.round(seconds * rate));
  for (let index = 0; index < sound.length; index++) sound[index] = sampleAt(index);
  return sound;
}

/** The sound brought to this level. */
function atLevel(sound: Sound, levelDbfs: number): Sound {
  let power = 0;
  for (const sample of sound) power += sample * sample;
  const gain = amplitudeOf(levelDbfs) / Math.sqrt(power / sound.length);
  for (let index = 0; index < sound.length; index++) sound[index] = (sound[index] as number) * gain;
  return sound;
}

export function tone(hertz: number, levelDbfs: number, seconds: number, rate = rateHz): Sound {
  const amplitude = amplitudeOf(levelDbfs) * Math.SQRT2;
  return make(seconds, rate, (index) => amplitude * Math.sin((2 * Math.PI * hertz * index) / rate));
}

/** Tape hiss. */
export function hiss(levelDbfs: number, seconds: number, seed = 1, rate = rateHz): Sound {
  const random = createRandom(seed);
  const amplitude = amplitudeOf(levelDbfs) * Math.sqrt(2);
  return make(
    seconds,
    rate,
    () => amplitude * (random() + random() + random() + random() - 2) * Math.sqrt(1.5),
  );
}

/** Speech: a voice that glides, through two resonances, in syllables with pauses between phrases; some of it is breath. */
export function speech(levelDbfs: number, seconds: number, seed = 1, rate = rateHz): Sound {
  const random = createRandom(seed);
  const lows = [0, 0];
  const highs = [0, 0];
  let phase = 0;
  let pitchHz = 120;
  let envelope = 0;
  let target = 0;
  let voiced = true;
  let left = 0;
  let syllables = 0;
  const resonance = (state: number[], input: number, hertz: number, width: number) => {
    const radius = Math.exp((-Math.PI * width) / rate);
    const [one, two] = state as [number, number];
    const output = input + 2 * radius * Math.cos((2 * Math.PI * hertz) / rate) * one - radius * radius * two;
    state[0] = output;
    state[1] = one;
    return output * (1 - radius);
  };
  let formantHz = 600;
  const sound = make(seconds, rate, () => {
    if (left-- <= 0) {
      const isPause = syllables > 0 && random() < 0.25;
      syllables = isPause ? 0 : syllables + 1;
      target = isPause ? 0 : 0.4 + 0.6 * random();
      voiced = random() < 0.75;
      pitchHz = 95 + 60 * random();
      formantHz = 350 + 500 * random();
      left = rate * (isPause ? 0.25 + 0.5 * random() : 0.09 + 0.12 * random());
    }
    envelope += (target - envelope) / (0.012 * rate);
    pitchHz *= 1 + (random() - 0.5) * 0.002;
    phase += pitchHz / rate;
    if (phase >= 1) phase -= 1;
    const source = voiced ? (phase < 0.1 ? 1 : -0.1) : 0.6 * (random() - 0.5);
    return (
      envelope * (resonance(lows, source, formantHz, 90) + 0.5 * resonance(highs, source, 3 * formantHz, 150))
    );
  });
  return atLevel(sound, levelDbfs);
}

/** Music: three voices of tempered notes with overtones, struck and fading, over a bass. */
export function music(levelDbfs: number, seconds: number, seed = 1, rate = rateHz): Sound {
  const random = createRandom(seed);
  const sound = new Float32Array(Math.round(seconds * rate));
  for (let voice = 0; voice < 4; voice++) {
    let at = 0;
    while (at < sound.length) {
      const key = voice === 0 ? 28 + Math.floor(random() * 12) : 45 + Math.floor(random() * 24);
      const hertz = 440 * 2 ** ((key - 69) / 12);
      const length = rate / 2 ** Math.floor(random() * 3);
      const strength = 0.4 + 0.6 * random();
      for (let index = 0; index < length && at + index < sound.length; index++) {
        const time = index / rate;
        const envelope = strength * Math.min(1, time / 0.005) * Math.exp(-time / 0.4);
        const angle = 2 * Math.PI * hertz * time;
        const wave =
          Math.sin(angle) +
          0.5 * Math.sin(2 * angle) +
          0.25 * Math.sin(3 * angle) +
          0.1 * Math.sin(5 * angle);
        sound[at + index] = (sound[at + index] as number) + envelope * wave;
      }
      at += Math.round(length);
    }
  }
  return atLevel(sound, levelDbfs);
}

export function mix(...sounds: Sound[]): Sound {
  const sum = new Float32Array(Math.min(...sounds.map((sound) => sound.length)));
  for (const sound of sounds) {
    for (let index = 0; index < sum.length; index++)
      sum[index] = (sum[index] as number) + (sound[index] as number);
  }
  return sum;
}

/** The sound with each of its samples between two times changed. */
export function between(
  sound: Sound,
  fromS: number,
  toS: number,
  change: (sample: number, index: number) => number,
  rate = rateHz,
): Sound {
  const changed = sound.slice();
  const to = Math.min(sound.length, Math.round(toS * rate));
  for (let index = Math.round(fromS * rate); index < to; index++)
    changed[index] = change(sound[index] as number, index);
  return changed;
}

export const amplified = (sound: Sound, decibels: number): Sound =>
  sound.map((sample) => sample * amplitudeOf(decibels));

/** Longitudinal time code: frames of 80 bits from 01:00:00:00, no user bits, biphase mark, edges of 30 µs. */
export function longitudinalTimeCode(
  levelDbfs: number,
  seconds: number,
  framesPerSecond: number,
  rate = rateHz,
): Sound {
  const bits: number[] = [];
  const frames = Math.ceil(seconds * framesPerSecond) + 1;
  const count = Math.round(framesPerSecond);
  for (let frame = 0; frame < frames; frame++) {
    const digits = [
      ...[frame % count, Math.floor(frame / count) % 60, Math.floor(frame / count / 60), 1].flatMap(
        (value) => [value % 10, Math.floor(value / 10)],
      ),
    ];
    for (const digit of digits) for (let bit = 0; bit < 8; bit++) bits.push(bit < 4 ? (digit >> bit) & 1 : 0);
    for (const bit of '0011111111111101') bits.push(Number(bit));
  }
  const halfBits: number[] = [];
  let state = 1;
  for (const bit of bits) {
    state = -state;
    halfBits.push(state);
    if (bit === 1) state = -state;
    halfBits.push(state);
  }
  const halfBitsPerSecond = framesPerSecond * 160;
  let smooth = 0;
  const sound = make(seconds, rate, (index) => {
    smooth +=
      ((halfBits[Math.floor((index / rate) * halfBitsPerSecond)] as number) - smooth) *
      Math.min(1, 1 / (30e-6 * rate));
    return smooth;
  });
  return atLevel(sound, levelDbfs);
}
