import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import { sampleRateHz } from '#core/devices/simulator/standard.ts';
import { notes, programmeSound, type Sound, speech } from './programme-sound.ts';

/** Sound that is meant to be as it is, and that looks to a machine as if something were wrong. */
export type OddSound = (samples: number, seed: number) => Sound;

/** One microphone on both tracks: alike but for what each track adds of its own. */
export const monoByDesign: OddSound = (samples, seed) => {
  const voice = speech(samples, seed);
  return [voice, voice.slice()];
};

/** Two rooms, two microphones far apart: nothing in common, and some of it turned over by a stereo widener. */
export const wideStereo: OddSound = (samples, seed) => {
  const left = notes(samples, mixSeeds(seed, 1), 5);
  const right = notes(samples, mixSeeds(seed, 2), 6);
  return [
    left.map((value, at) => value - 0.35 * (right[at] as number)),
    right.map((value, at) => value - 0.35 * (left[at] as number)),
  ];
};

/** An organ that holds G and D for seconds, near 50 Hz and near 100. */
export const longBass: OddSound = (samples, seed) => {
  const random = seededRandom(seed);
  const out = new Float32Array(samples);
  const tones = [49, 98, 73.4, 146.8, 51.9, 103.8];
  for (let start = 0; start < samples; start += sampleRateHz * 2.5) {
    const hertz = tones[Math.floor(random() * tones.length)] as number;
    const length = Math.min(samples - start, sampleRateHz * 2.7);
    for (let n = 0; n < length && start + n < samples; n++) {
      const rise = Math.min(1, n / 4000, (length - n) / 6000);
      const omega = (2 * Math.PI * hertz * n) / sampleRateHz;
      const at = start + n;
      out[at] = (out[at] as number) + rise * (0.3 * Math.sin(omega) + 0.15 * Math.sin(2 * omega + 1));
    }
  }
  const melody = notes(samples, mixSeeds(seed, 3), 2);
  return [
    out.map((value, at) => value + 0.5 * (melody[at] as number)),
    out.map((value, at) => value + 0.3 * (melody[at] as number)),
  ];
};

/** Somebody who thinks before each sentence, in a quiet room. */
export const pauses: OddSound = (samples, seed) => {
  const voice = speech(samples, seed, 0.06);
  const [roomLeft, roomRight] = programmeSound('room', samples, mixSeeds(seed, 4));
  const gate = (at: number) => {
    const second = (at / sampleRateHz) % 3.4;
    return second < 1.7 ? 1 : 0;
  };
  return [roomLeft, roomRight].map((room) =>
    voice.map((value, at) => value * gate(at) + 0.5 * ((room as Float32Array)[at] as number)),
  );
};

/** Sines that come and go: minimal music. */
export const sines: OddSound = (samples, seed) => {
  const random = seededRandom(seed);
  const left = new Float32Array(samples);
  const right = new Float32Array(samples);
  for (let start = 0; start < samples; start += sampleRateHz * 0.6) {
    const hertz = 220 * 2 ** (Math.floor(random() * 25) / 12);
    const length = Math.min(samples - start, sampleRateHz * (1.2 + random()));
    const pan = random();
    for (let n = 0; n < length; n++) {
      const rise = Math.sin((Math.PI * n) / length);
      const value = 0.15 * rise * Math.sin((2 * Math.PI * hertz * n) / sampleRateHz);
      left[start + n] = (left[start + n] as number) + value * (1 - pan);
      right[start + n] = (right[start + n] as number) + value * pan;
    }
  }
  return [left, right];
};
