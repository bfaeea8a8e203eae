import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import type { Fault } from './faults/fault.ts';
import { byStrength, type FaultKind } from './faults/fault.ts';
import type { Label, Strength, TruthEvent } from './label.ts';
import { type Programme, type ProgrammeName, programmeNames, programmeOf } from './scene/programme.ts';
import { programmeSound, type Sound, type SoundName, soundNames } from './sound/programme-sound.ts';
import type { Raster } from './tape/canvas.ts';
import { type TapeFormat, type TapeFormatName, tapeFormats } from './tape/formats.ts';

/** All that is needed to make a tape. */
export interface Recipe {
  name: string;
  kind: Label['kind'];
  material: string;
  seed: number;
  frames: number;
  raster: Raster;
  format: TapeFormat;
  programme: Programme;
  sound: (samples: number) => Sound;
  /** Louder channel, r.m.s. */
  soundDbfs: number;
  hissDbfs: number;
  faults: readonly Fault[];
  events: readonly TruthEvent[];
  alsoTrue: readonly TruthEvent[];
}

export interface Order {
  raster: Raster;
  seconds: number;
  seed: number;
}

const formatNames = Object.keys(tapeFormats) as TapeFormatName[];

/** Frames of a tape of so many seconds. */
export function framesOf({ raster, seconds }: Order): number {
  const { num, den } = raster.standard.frameRate;
  return Math.round((seconds * num) / den);
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)] as Value;
}

/** A tape in order, of some format, with some programme. */
export function cleanRecipe(
  order: Order,
  wish: { format?: TapeFormatName; programme?: ProgrammeName; sound?: SoundName } = {},
): Recipe {
  const random = seededRandom(mixSeeds(order.seed, 51));
  const formatName = wish.format ?? pick(formatNames, random);
  const programme = wish.programme ?? pick(programmeNames.slice(0, 5), random);
  const sound = wish.sound ?? pick(soundNames.slice(0, 3), random);
  const format = tapeFormats[formatName];
  const frames = framesOf(order);
  return {
    name: `clean-${formatName}-${programme}`,
    kind: 'clean',
    material: `${format.name}, ${programme}, ${sound}`,
    seed: order.seed,
    frames,
    raster: order.raster,
    format,
    programme: programmeOf(programme, order.raster, mixSeeds(order.seed, 52)),
    sound: (samples) => programmeSound(sound, samples, mixSeeds(order.seed, 53)),
    soundDbfs: sound === 'room' ? -40 : -22,
    hissDbfs: formatName === 'betacam' ? -68 : -60,
    faults: [],
    events: [],
    // A deck that shows its change of heads shows it from the first frame to the last.
    alsoTrue:
      format.switchingLines > 0
        ? [{ check: 'head-switching', startFrame: 0, endFrame: frames - 1, strength: 2 }]
        : [],
  };
}

/** A tape with one kind of fault: an event for each strength, or the whole tape at the first of them. */
export function faultRecipe(order: Order, kind: FaultKind, strengths: readonly Strength[]): Recipe {
  const base = cleanRecipe(order, {
    ...(kind.programme ? { programme: kind.programme } : {}),
    ...(kind.sound ? { sound: kind.sound } : {}),
    ...(kind.check === 'head-switching' ? { format: 'betacam' as const } : {}),
  });
  const faults: Fault[] = [];
  const events: TruthEvent[] = [];
  const alsoTrue: TruthEvent[] = base.alsoTrue.filter(({ check }) => check !== kind.check);
  for (const place of placesOf(order, kind, strengths)) {
    const fault = kind.make(place);
    const { startFrame, endFrame, strength } = place;
    faults.push(fault);
    events.push({ check: kind.check, startFrame, endFrame, strength, ...fault.label });
    for (const also of fault.alsoTrue ?? []) alsoTrue.push({ ...also, strength });
  }
  return {
    ...base,
    name: `${kind.check}-${kind.way}-${strengths.join('')}`,
    kind: 'fault',
    faults,
    events,
    alsoTrue,
  };
}

/** Frames of an event at the rate of a tape; of all of it where a fault fills the tape. */
export function framesOfEvent(order: Order, { lengths }: FaultKind, strength: Strength): number {
  if (lengths === 'whole') return framesOf(order);
  const { num, den } = order.raster.standard.frameRate;
  return Math.max(1, Math.round((byStrength(strength, lengths) * num) / den / 25));
}

function placesOf(order: Order, kind: FaultKind, strengths: readonly Strength[]) {
  const frames = framesOf(order);
  const { raster } = order;
  if (kind.lengths === 'whole') {
    const strength = strengths[0] as Strength;
    const seed = mixSeeds(order.seed, 71);
    return [{ startFrame: 0, endFrame: frames - 1, strength, seed, raster, frames }];
  }
  const random = seededRandom(mixSeeds(order.seed, 72));
  const wanted = strengths.map((strength) => framesOfEvent(order, kind, strength));
  const total = wanted.reduce((sum, length) => sum + length, 0);
  // What is left of the tape is shared out between the events, at least 12 frames before each.
  const gap = (frames - total) / (strengths.length + 1);
  if (gap < 12)
    throw new RangeError(`${kind.check}: ${frames} frames are too few for ${total} frames of events`);
  let at = 0;
  return strengths.map((strength, index) => {
    const length = wanted[index] as number;
    const startFrame = Math.round(at + gap * (0.8 + 0.4 * random()));
    at = startFrame + length;
    const seed = mixSeeds(order.seed, 73, index);
    return { startFrame, endFrame: at - 1, strength, seed, raster, frames };
  });
}
