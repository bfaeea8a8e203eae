import { seededRandom } from '#core/devices/simulator/random.ts';

/** Sound by other sums than those of the first generator: two channels at 48 kHz, full scale is 1. */
export type Pair = [left: Float32Array, right: Float32Array];

const rate = 48_000;

/** Somebody who babbles: a tone with vibrato and many overtones, cut up by a rhythm, with breath between. */
export function babble(samples: number, seed: number): Pair {
  const dice = seededRandom(seed);
  const left = new Float32Array(samples);
  const right = new Float32Array(samples);
  let phase = 0;
  let level = 0;
  let goal = 0;
  let hertz = 140;
  let bright = 1;
  let breath = 0;
  for (let at = 0; at < samples; at++) {
    if (at % 6000 === 0) {
      goal = dice() < 0.28 ? 0 : 0.3 + 0.7 * dice();
      hertz = 100 + 120 * dice();
      bright = 1 + 6 * dice();
    }
    level += (goal - level) / 900;
    phase += (2 * Math.PI * hertz * (1 + 0.015 * Math.sin(at / 1300))) / rate;
    breath = 0.6 * breath + 0.4 * (dice() - 0.5);
    const voice = Math.sin(phase + bright * Math.sin(phase)) * 0.2 + Math.sin(phase * 5.02) * 0.05;
    const value = level * voice + (0.004 + 0.02 * level) * breath;
    left[at] = value + 0.0022 * (dice() - 0.5);
    right[at] = 0.92 * value + 0.0022 * (dice() - 0.5) + 0.012 * level * Math.sin(phase * 0.501 + 1);
  }
  return [left, right];
}

/** A small band: a filtered saw for a bass, bells by frequency modulation, a shaker; each in its own place. */
export function band(samples: number, seed: number): Pair {
  const dice = seededRandom(seed);
  const left = new Float32Array(samples);
  const right = new Float32Array(samples);
  let low = 0;
  let bass = 82;
  let bell = 400;
  let struck = 0;
  let shake = 0;
  for (let at = 0; at < samples; at++) {
    if (at % 20_000 === 0) bass = [82.4, 98, 110, 123.5][Math.floor(dice() * 4)] as number;
    if (at % 13_000 === 0) {
      bell = 300 + 900 * dice();
      struck = at;
    }
    const time = at / rate;
    const saw = ((time * bass) % 1) - 0.5;
    low += 0.03 * (saw - low);
    const since = (at - struck) / rate;
    const ring =
      Math.exp(-since * 4) *
      Math.sin(2 * Math.PI * bell * time + 2 * Math.sin(2 * Math.PI * bell * 1.41 * time));
    shake = dice() - 0.5 - 0.6 * shake;
    const pulse = at % 10_000 < 1500 ? 0.05 : 0.004;
    left[at] = 0.25 * low + 0.1 * ring + pulse * shake + 0.0018 * (dice() - 0.5);
    right[at] =
      0.24 * low + 0.05 * ring - 0.3 * pulse * shake + pulse * (dice() - 0.5) + 0.0018 * (dice() - 0.5);
  }
  return [left, right];
}

/** What goes wrong with sound from one sample to another. `grade` 0 to 1. */
export type SoundDamage = (
  pair: Pair,
  at: { from: number; to: number; grade: number; seed: number; mainsHz: number },
) => void;

function each(
  channel: Float32Array,
  from: number,
  to: number,
  change: (value: number, at: number) => number,
): void {
  for (let at = from; at < Math.min(to, channel.length); at++)
    channel[at] = change(channel[at] as number, at);
}

export const soundDamages = {
  /** Asymmetric: the tops stop, the bottoms nearly. */
  clipped: (pair, { from, to, grade }) => {
    for (const channel of pair) {
      let peak = 0.01;
      each(channel, from, to, (value) => {
        peak = Math.max(peak, Math.abs(value));
        return value;
      });
      const gain = (1.5 + 2.5 * grade) / peak;
      each(channel, from, to, (value) => Math.max(-0.98, Math.min(0.9999, value * gain + 0.04)));
    }
  },
  quieter: ([, right], { from, to, grade }) =>
    each(right, from, to, (value) => value * 10 ** (-(7 + 9 * grade) / 20)),
  /** A cable comes off: a channel has nothing but what the mains leave in it. */
  unplugged: ([left], { from, to, mainsHz }) =>
    each(left, from, to, (_, at) => 0.00006 * Math.sin((2 * Math.PI * mainsHz * at) / rate)),
  turned: ([left, right], { from, to }) =>
    each(right, from, to, (value, at) => -(0.15 * value + 0.85 * (left[at] as number))),
  copied: ([left, right], { from, to }) => each(right, from, to, (_, at) => left[at] as number),
  muted: (pair, { from, to, seed }) => {
    const dice = seededRandom(seed);
    for (const channel of pair) each(channel, from, to, () => 0.00008 * (dice() - 0.5));
  },
  /** Both channels fall, not to nothing, in 10 ms, and come back. */
  hole: (pair, { from, to, grade }) => {
    const left = 0.02 * (1 - grade) + 0.0005;
    for (const channel of pair) {
      each(channel, from, to, (value, at) => value * Math.max(left, 1 - Math.min(at - from, to - at) / 480));
    }
  },
  /** Mostly its third overtone, in waves, as a transformer has it. */
  mains: (pair, { from, to, grade, mainsHz }) => {
    const level = 0.006 + 0.03 * grade;
    for (const channel of pair) {
      each(channel, from, to, (value, at) => {
        const turn = (2 * Math.PI * mainsHz * at) / rate;
        const wave = 1 + 0.15 * Math.sin(at / 30_000);
        const sum =
          0.6 * Math.sin(turn) +
          0.45 * Math.sin(2 * turn + 1) +
          0.7 * Math.sin(3 * turn + 2) +
          0.2 * Math.sin(5 * turn);
        return value + level * wave * sum;
      });
    }
  },
  /** As the EBU lines up: the left channel is interrupted for a quarter of a second every three. */
  lineUp: ([left, right], { from, to }) => {
    const tone = (at: number) => 0.1259 * Math.sin((2 * Math.PI * 1000 * at) / rate);
    each(left, from, to, (_, at) => ((at - from) % (3 * rate) < rate / 4 ? 0 : tone(at)));
    each(right, from, to, (_, at) => tone(at));
  },
  leak: (pair, { from, to, grade }) => {
    for (const channel of pair) {
      each(
        channel,
        from,
        to,
        (value, at) => value + (0.002 + 0.008 * grade) * Math.sin((2 * Math.PI * 1002.5 * at) / rate),
      );
    }
  },
  /** Timecode by its waveform alone: bits by lot, but the word that closes each frame. */
  timecode: ([left], { from, to, grade, seed }) => {
    const dice = seededRandom(seed);
    const level = 0.004 + 0.12 * grade * grade;
    let sign = 1;
    let low = 0;
    let half = 0;
    let bit = 0;
    each(left, from, to, (value, at) => {
      if (at >= half) {
        const isFirst = bit % 2 === 0;
        const place = Math.floor(bit / 2) % 80;
        const isOne = place >= 64 ? place !== 64 && place !== 65 && place !== 78 : dice() < 0.2;
        if (isFirst || isOne) sign = -sign;
        half += rate / 25 / 160;
        if (half < at) half = at + rate / 25 / 160;
        bit++;
      }
      low += 0.25 * (sign - low);
      return value + level * low;
    });
  },
} as const satisfies Record<string, SoundDamage>;
