import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import { sampleRateHz } from '#core/devices/simulator/standard.ts';
import type { Sound } from './programme-sound.ts';

/** What a linear sound track does: less treble, and hiss of its own in each channel. */
export interface SoundTrack {
  trebleHz: number;
  /** Of the hiss, r.m.s. */
  hissDbfs: number;
}

/** Plays a sound from tape, in place. */
export function playSound(sound: Sound, track: SoundTrack, seed: number): void {
  for (const [index, channel] of sound.entries()) {
    const random = seededRandom(mixSeeds(seed, 60 + index));
    const take = 1 - Math.exp((-2 * Math.PI * track.trebleHz) / sampleRateHz);
    const hiss = 10 ** (track.hissDbfs / 20) * 2;
    let low = 0;
    let rumble = 0;
    for (let at = 0; at < channel.length; at++) {
      const white = random() + random() + random() - 1.5;
      rumble += 0.002 * (white - rumble);
      low += take * ((channel[at] as number) + hiss * (1.3 * white + 4 * rumble) - low);
      channel[at] = low;
    }
  }
}

/** Root mean square of a channel, in dBFS of a sample value of 1. */
export function levelDbfs(channel: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < channel.length; at++) sum += (channel[at] as number) ** 2;
  return 10 * Math.log10(sum / channel.length);
}

/** Brings the louder channel to a level; clips nothing that was not above full scale. */
export function setLevel(sound: Sound, dbfs: number): void {
  const loudest = Math.max(...sound.map(levelDbfs));
  if (!Number.isFinite(loudest)) return;
  const gain = 10 ** ((dbfs - loudest) / 20);
  for (const channel of sound) {
    for (let at = 0; at < channel.length; at++) {
      // What mixing engineers do to peaks: they bend before they break.
      const value = (channel[at] as number) * gain;
      const size = Math.abs(value);
      channel[at] = size < 0.4 ? value : Math.sign(value) * (0.4 + 0.3 * Math.tanh((size - 0.4) / 0.3));
    }
  }
}

/** 24-bit samples, little endian, channels in turn. Beyond full scale a converter stops. */
export function pcm24(sound: readonly Float32Array[]): Uint8Array {
  const [first] = sound;
  const count = first?.length ?? 0;
  const bytes = new Uint8Array(count * sound.length * 3);
  let to = 0;
  for (let at = 0; at < count; at++) {
    for (const channel of sound) {
      const scaled = Math.round((channel[at] as number) * 8_388_608);
      const value = scaled > 8_388_607 ? 8_388_607 : Math.max(scaled, -8_388_608);
      bytes[to++] = value & 255;
      bytes[to++] = (value >> 8) & 255;
      bytes[to++] = (value >> 16) & 255;
    }
  }
  return bytes;
}
