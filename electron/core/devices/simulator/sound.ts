import { mixSeeds, seededRandom } from './random.ts';
import type { Segment } from './recipe.ts';
import { type Standard, sampleRateHz } from './standard.ts';
import type { PlacedFault, Tape } from './tape.ts';
import { lineUpSound, testSignalSamples } from './test-signal.ts';

const fullScale = 2_147_483_647;
/** Tape hiss: peaks at -50 dBFS, above what the checks call silence. */
const hissPeak = 10 ** (-50 / 20);
/** Sounds come round every two seconds; all frequencies are multiples of half a hertz, so the join is smooth. */
const loopSamples = sampleRateHz * 2;

/** Sound of a tape, interleaved 32-bit samples. */
export interface SoundReader {
  /** Fills `target` (samples x channels) with the sound of a frame from `firstSample` on, faults included. */
  read(frame: number, firstSample: number, target: Int32Array): void;
}

/** Draws the sound of each segment ahead, so that playing it is a copy. */
export function prepareSound(tape: Tape): SoundReader {
  const { recipe } = tape;
  const loops = recipe.segments.map((segment, index) =>
    renderSound(segment, recipe.channels, mixSeeds(recipe.seed, index), tape.standard),
  );
  return {
    read(frame, firstSample, target) {
      const loop = loops[tape.segmentAt(frame).index] as Int32Array;
      const late = tape.faultsAt(frame).find((fault) => fault.kind === 'sound-late');
      const delay = late?.kind === 'sound-late' ? (late.delayMs * sampleRateHz) / 1000 : 0;
      const length = loop.length / recipe.channels;
      // Sound that is early by up to a second asks for what lies before the loop's start.
      const start = ((firstSample - delay + 2 * length) % length) * recipe.channels;
      const head = loop.subarray(start, start + target.length);
      target.set(head);
      if (head.length < target.length) target.set(loop.subarray(0, target.length - head.length), head.length);
      for (const fault of tape.faultsAt(frame)) applySoundFault(target, recipe.channels, fault);
    },
  };
}

/** What lies under a segment when its recipe does not say. */
function soundOf(segment: Segment): NonNullable<Segment['sound']> {
  if (segment.sound) return segment.sound;
  const usual = {
    bars: 'tone',
    scene: 'programme',
    noise: 'hiss',
    black: 'hiss',
    'station-test': 'line-up',
  } as const;
  return usual[segment.content];
}

function renderSound(segment: Segment, channels: number, seed: number, standard: Standard): Int32Array {
  const sound = soundOf(segment);
  const length = sound === 'line-up' ? testSignalSamples(standard) : loopSamples;
  const samples = new Int32Array(length * channels);
  if (sound === 'silence') return samples;
  const random = seededRandom(seed);
  const tone = { hertz: segment.toneHz, peak: 10 ** (segment.toneDbfs / 20) };
  const level = (sample: number, channel: number): number => {
    const time = sample / sampleRateHz;
    if (sound === 'tone') return tone.peak * sine(tone.hertz, time);
    if (sound === 'line-up') return lineUpSound(sample, channel, tone, standard);
    if (sound === 'programme') return programme(time, channel);
    return hissPeak * (random() * 2 - 1);
  };
  for (let sample = 0; sample < length; sample++) {
    for (let channel = 0; channel < channels; channel++) {
      samples[sample * channels + channel] = Math.round(level(sample, channel) * fullScale);
    }
  }
  return samples;
}

/** A chord that swells, a little different in each channel. Peaks below -9 dBFS. */
function programme(time: number, channel: number): number {
  const swell = 0.6 + 0.4 * sine(0.5, time);
  const lowest = 220 + 3 * channel;
  return swell * (0.14 * sine(lowest, time) + 0.1 * sine(lowest * 1.5, time) + 0.06 * sine(lowest * 4, time));
}

function sine(frequencyHz: number, time: number): number {
  return Math.sin(2 * Math.PI * frequencyHz * time);
}

function applySoundFault(target: Int32Array, channels: number, fault: PlacedFault): void {
  const each = (change: (value: number) => number, hit: (channel: number) => boolean) => {
    for (let channel = 0; channel < channels; channel++) {
      if (!hit(channel)) continue;
      for (let at = channel; at < target.length; at += channels) target[at] = change(target[at] as number);
    }
  };
  if (fault.kind === 'signal-loss') target.fill(0);
  if (fault.kind !== 'silence' && fault.kind !== 'clipping' && fault.kind !== 'phase-inversion') return;
  const chosen = fault.channel;
  const named = (channel: number) => chosen === undefined || channel === chosen - 1;
  if (fault.kind === 'silence') each(() => 0, named);
  if (fault.kind === 'phase-inversion') {
    each((value) => -value, chosen === undefined ? (channel) => channel % 2 === 1 : named);
  }
  if (fault.kind === 'clipping') {
    // From 12 dB to 36 dB too loud; full scale is where a converter stops.
    const gain = 10 ** ((12 + 24 * fault.strength) / 20);
    each((value) => Math.max(-fullScale - 1, Math.min(fullScale, Math.round(value * gain))), named);
  }
}
