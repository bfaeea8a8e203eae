import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import { sampleRateHz } from '#core/devices/simulator/standard.ts';
import { ltc } from '../sound/ltc.ts';
import type { Sound } from '../sound/programme-sound.ts';
import { byStrength, type Fault, type FaultKind, type Place } from './fault.ts';
import { samplesOf } from './transfer.ts';

/** Faults of sound tracks, cables and converters. Both channels unless the label names one. */
export const audioFaults: readonly FaultKind[] = [
  { check: 'audio-clipping', way: 'digital', lengths: [20, 50, 90], sound: 'music', make: clipDigitally },
  { check: 'audio-clipping', way: 'analogue', lengths: [20, 50, 90], sound: 'speech', make: clipBefore },
  {
    check: 'channel-imbalance',
    way: 'right-low',
    lengths: 'whole',
    sound: 'speech',
    make: (place) => imbalance(place, 1, [7, 10, 16]),
  },
  {
    check: 'channel-imbalance',
    way: 'left-low',
    lengths: 'whole',
    sound: 'music',
    make: (place) => imbalance(place, 0, [8, 12, 18]),
  },
  {
    check: 'dead-channel',
    way: 'digital-zero',
    lengths: 'whole',
    sound: 'speech',
    make: (place) => dead(place, 1, () => 0),
  },
  {
    check: 'dead-channel',
    way: 'hiss',
    lengths: 'whole',
    sound: 'music',
    make: (place) => dead(place, 0, hissAt(byStrength(place.strength, [-72, -80, -92]))),
  },
  {
    check: 'phase-inversion',
    way: 'mono-material',
    lengths: 'whole',
    sound: 'speech',
    make: () => invert(0.1),
  },
  {
    check: 'phase-inversion',
    way: 'stereo-material',
    lengths: 'whole',
    sound: 'music',
    make: (place) => invert(byStrength(place.strength, [0.45, 0.3, 0.2])),
  },
  {
    check: 'dual-mono',
    way: 'same-samples',
    lengths: 'whole',
    sound: 'music',
    make: () => same(Number.NEGATIVE_INFINITY),
  },
  {
    check: 'dual-mono',
    way: 'two-converters',
    lengths: 'whole',
    sound: 'speech',
    make: (place) => same(byStrength(place.strength, [-78, -84, -92])),
  },
  { check: 'silence', way: 'digital', lengths: [50, 70, 100], make: (place) => quiet(place, () => 0) },
  {
    check: 'silence',
    way: 'converter-noise',
    lengths: [50, 70, 100],
    make: (place) => quiet(place, hissAt(-86)),
  },
  {
    check: 'audio-dropout',
    way: 'gone',
    lengths: [2, 5, 12],
    sound: 'music',
    make: (place) => dip(place, [0, 0, 0]),
  },
  {
    check: 'audio-dropout',
    way: 'weak',
    lengths: [2, 5, 12],
    sound: 'street',
    make: (place) => dip(place, [0.03, 0.01, 0.003]),
  },
  {
    check: 'hum',
    way: 'mains',
    lengths: 'whole',
    sound: 'speech',
    make: (place) => hum(place, [-46, -38, -28], 1.4),
  },
  {
    check: 'hum',
    way: 'buzz',
    lengths: 'whole',
    sound: 'room',
    make: (place) => hum(place, [-46, -38, -28], 0.6),
  },
  {
    check: 'reference-tone',
    way: '1-kilohertz',
    lengths: [50, 75, 110],
    make: (place) => tone(place, 1000, -18),
  },
  {
    check: 'reference-tone',
    way: '400-hertz',
    lengths: [50, 75, 110],
    make: (place) => tone(place, 400, -12),
  },
  {
    check: 'tone-leak',
    way: '1-kilohertz',
    lengths: 'whole',
    sound: 'room',
    make: (place) => leak(place, 1000, [-58, -52, -44]),
  },
  {
    check: 'tone-leak',
    way: 'with-overtones',
    lengths: 'whole',
    sound: 'speech',
    make: (place) => leak(place, 1000, [-56, -50, -42], 3),
  },
  {
    check: 'ltc-on-audio',
    way: 'own-channel',
    lengths: 'whole',
    sound: 'speech',
    make: (place) => timecode(place, [-24, -16, -8], true),
  },
  {
    check: 'ltc-on-audio',
    way: 'leaking',
    lengths: 'whole',
    sound: 'speech',
    make: (place) => timecode(place, [-50, -44, -36], false),
  },
  {
    check: 'av-length',
    way: 'short',
    lengths: 'whole',
    make: (place) => endingEarly(place, byStrength(place.strength, [0.3, 0.8, 2])),
  },
  {
    check: 'av-length',
    way: 'long',
    lengths: 'whole',
    make: (place) => ({ extraSamples: sampleRateHz * byStrength(place.strength, [0.3, 0.8, 2]) }),
  },
];

/** Its label is the stretch in which there is no sound: whoever holds a tape against a list of its faults looks there. */
function endingEarly({ raster, frames }: Place, seconds: number): Fault {
  const { num, den } = raster.standard.frameRate;
  return {
    extraSamples: -sampleRateHz * seconds,
    label: { startFrame: frames - Math.round((seconds * num) / den) },
  };
}

type Source = (random: () => number) => number;

function hissAt(dbfs: number): Source {
  const gain = 2 * 10 ** (dbfs / 20);
  return (random) => gain * (random() + random() + random() - 1.5);
}

function change(
  sound: Sound,
  place: Place,
  channel: number,
  to: (value: number, at: number) => number,
): void {
  const samples = sound[channel];
  if (!samples) return;
  const { from, to: end } = samplesOf(place);
  for (let at = from; at < Math.min(end, samples.length); at++) samples[at] = to(samples[at] as number, at);
}

function both(sound: Sound, place: Place, to: (value: number, at: number) => number): void {
  for (let channel = 0; channel < sound.length; channel++) change(sound, place, channel, to);
}

/** Gain until the peaks are so many decibels above where they are cut. */
function gainOver(sound: Sound, place: Place, ceiling: number, overDb: number): number {
  let peak = 0;
  both(sound, place, (value) => {
    if (Math.abs(value) > peak) peak = Math.abs(value);
    return value;
  });
  return peak === 0 ? 1 : (ceiling / peak) * 10 ** (overDb / 20);
}

function clipDigitally(place: Place): Fault {
  const loud = loudStretch(place, 1);
  return {
    heard: loud.stretch,
    playSound(sound) {
      const gain = gainOver(sound, place, 1, byStrength(place.strength, [3, 6, 12]));
      both(sound, place, (value, at) => Math.max(-1, Math.min(1, loud.passed(value * gain, at))));
    },
  };
}

/** From the first frame to the last on which something was above a ceiling: speech has pauses, and nothing is cut in them. */
function loudStretch(place: Place, ceiling: number) {
  const { num, den } = place.raster.standard.frameRate;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  return {
    passed(value: number, at: number): number {
      if (Math.abs(value) > ceiling) {
        first = Math.min(first, at);
        last = Math.max(last, at);
      }
      return value;
    },
    stretch(): { startFrame: number; endFrame: number } {
      const frameOf = (at: number) => Math.floor((at * num) / den / sampleRateHz);
      const { startFrame, endFrame } = place;
      if (last < first) return { startFrame, endFrame };
      return { startFrame: frameOf(first), endFrame: Math.min(endFrame, frameOf(last)) };
    },
  };
}

/** Too hot into the amplifier before the converter: flat tops below full scale, a little round. */
function clipBefore(place: Place): Fault {
  const ceiling = 0.6;
  const loud = loudStretch(place, ceiling);
  return {
    heard: loud.stretch,
    playSound(sound) {
      const gain = gainOver(sound, place, ceiling, byStrength(place.strength, [4, 8, 14]));
      both(sound, place, (value, at) => {
        const driven = loud.passed(value * gain, at);
        const knee = ceiling * 0.94;
        const size = Math.abs(driven);
        const bent =
          size < knee ? size : knee + (ceiling - knee) * Math.tanh((size - knee) / (ceiling - knee));
        return Math.sign(driven) * bent;
      });
    },
  };
}

function imbalance(place: Place, channel: number, decibels: readonly [number, number, number]): Fault {
  const gain = 10 ** (-byStrength(place.strength, decibels) / 20);
  return {
    label: { channels: [channel + 1] },
    recordSound(sound) {
      // Alike on both sides to begin with, so that what is left is the fault.
      const mid = (at: number) => 0.5 * ((sound[0]?.[at] ?? 0) + (sound[1]?.[at] ?? 0));
      change(sound, place, 1 - channel, (value, at) => 0.5 * value + 0.5 * mid(at));
      change(sound, place, channel, (value, at) => gain * (0.5 * value + 0.5 * mid(at)));
    },
  };
}

function dead(place: Place, channel: number, source: Source): Fault {
  const { startFrame, endFrame } = place;
  const random = seededRandom(place.seed);
  return {
    label: { channels: [channel + 1] },
    alsoTrue: ['silence', 'channel-imbalance'].map((check) => ({ check, startFrame, endFrame })),
    playSound: (sound) => change(sound, place, channel, () => source(random)),
  };
}

/** One side turned over; `side` is how much the channels differ. */
function invert(side: number): Fault {
  return {
    recordSound(sound) {
      const [left, right] = sound;
      if (!left || !right) return;
      for (let at = 0; at < left.length; at++) {
        const mid = 0.5 * ((left[at] as number) + (right[at] as number));
        const difference = side * ((left[at] as number) - (right[at] as number));
        left[at] = mid + difference;
        right[at] = difference - mid;
      }
    },
  };
}

function same(noiseDbfs: number): Fault {
  const random = seededRandom(97);
  const noise = hissAt(noiseDbfs);
  return {
    playSound(sound) {
      const [left, right] = sound;
      if (!left || !right) return;
      for (let at = 0; at < left.length; at++) right[at] = (left[at] as number) + noise(random);
    },
  };
}

function quiet(place: Place, source: Source): Fault {
  const random = seededRandom(place.seed);
  return { playSound: (sound) => both(sound, place, () => source(random)) };
}

/** A hole in the sound of one channel, with the slopes of a head that loses contact. */
function dip(place: Place, left: readonly [number, number, number]): Fault {
  const { from, to } = samplesOf(place);
  const remaining = byStrength(place.strength, left);
  const slope = sampleRateHz * 0.004;
  const channel = place.seed % 2;
  return {
    label: { channels: [channel + 1] },
    playSound: (sound) =>
      change(sound, place, channel, (value, at) => {
        const depth = Math.min(1, (at - from) / slope, (to - at) / slope);
        return value * (1 - depth * (1 - remaining));
      }),
  };
}

/** Mains and its overtones; a large `fall` leaves little but the fundamental. */
function hum(place: Place, dbfs: readonly [number, number, number], fall: number): Fault {
  const mainsHz = place.raster.standard.name === 'PAL' ? 50 : 60;
  const gain = 10 ** (byStrength(place.strength, dbfs) / 20) * Math.SQRT2;
  const random = seededRandom(place.seed);
  const partials = [1, 2, 3, 4, 5, 6, 7, 9].map((n) => ({
    omega: (2 * Math.PI * mainsHz * 1.0007 * n) / sampleRateHz,
    level: gain / n ** fall,
    phase: 7 * random(),
  }));
  return {
    playSound: (sound) =>
      both(sound, place, (value, at) => {
        let sum = value;
        for (const { omega, level, phase } of partials) sum += level * Math.sin(omega * at + phase);
        return sum;
      }),
  };
}

function tone(place: Place, hertz: number, dbfs: number): Fault {
  const level = 10 ** (dbfs / 20) * Math.SQRT2;
  return {
    recordSound: (sound) =>
      both(sound, place, (_, at) => level * Math.sin((2 * Math.PI * hertz * at) / sampleRateHz)),
  };
}

/** The generator is still patched in somewhere: a faint steady tone under the programme. */
function leak(place: Place, hertz: number, dbfs: readonly [number, number, number], partials = 1): Fault {
  const level = 10 ** (byStrength(place.strength, dbfs) / 20) * Math.SQRT2;
  return {
    playSound: (sound) =>
      both(sound, place, (value, at) => {
        let sum = value;
        for (let n = 1; n <= partials; n++)
          sum += (level / n) * Math.sin((2 * Math.PI * hertz * n * at) / sampleRateHz);
        return sum;
      }),
  };
}

function timecode(place: Place, dbfs: readonly [number, number, number], isAlone: boolean): Fault {
  const { num, den } = place.raster.standard.frameRate;
  const level = 10 ** (byStrength(place.strength, dbfs) / 20);
  const { startFrame, endFrame } = place;
  return {
    label: { channels: [isAlone ? 2 : 1] },
    // A channel that holds nothing but timecode is out of balance with the other, whichever is louder.
    alsoTrue: isAlone ? [{ check: 'channel-imbalance', startFrame, endFrame }] : [],
    playSound(sound) {
      const code = ltc(sound[0]?.length ?? 0, num / den);
      const random = seededRandom(mixSeeds(place.seed, 1));
      const hiss = hissAt(-66);
      change(
        sound,
        place,
        isAlone ? 1 : 0,
        (value, at) => (isAlone ? hiss(random) : value) + level * (code[at] as number),
      );
    },
  };
}
