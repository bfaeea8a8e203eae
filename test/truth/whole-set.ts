import { join } from 'node:path';
import { mixSeeds } from '#core/devices/simulator/random.ts';
import { audioFaults } from './faults/audio.ts';
import type { FaultKind } from './faults/fault.ts';
import { faultKinds } from './faults/registry.ts';
import { soundHardNames } from './hard-negatives.ts';
import type { Strength } from './label.ts';
import { makeTape } from './make-tape.ts';
import { framesOf, framesOfEvent, type Order } from './recipe.ts';
import { cleanRecipes, faultyRecipe, hardRecipes, type NamedRecipe } from './recipes.ts';
import { secondTapes } from './second/make-second.ts';
import { strengthsThatFit } from './strengths.ts';
import { rasterOf } from './tape/canvas.ts';

/** A tape of the set: where it belongs, and how it is made. */
export interface SetTape {
  folder: string;
  /** Of its files, without endings. */
  name: string;
  make(): Promise<string>;
}

interface SetOrder {
  folder: string;
  ffmpegPath: string;
  seed: number;
  /** Of tapes whose pictures matter. */
  pictureSeconds: number;
}

export const variants = [
  { title: 'PAL 10', system: 'PAL', bits: 10 },
  { title: 'PAL 8', system: 'PAL', bits: 8 },
  { title: 'NTSC 10', system: 'NTSC', bits: 10 },
  { title: 'NTSC 8', system: 'NTSC', bits: 8 },
] as const;

/** Sound needs time (hum, silence, a line-up tone), and costs little where the picture is small. */
const soundSeconds = 12;
const soundSize = { width: 180, height: 144 };
/** What every variant has of the first generator; of the others each has a part. */
const everywhere = [
  'still-room',
  'strobe',
  'noise-work',
  'black-with-sound',
  'monochrome',
  ...soundHardNames,
];

/**
 * The set that docs/qc-truth.md is about: every fault in both systems and depths by both generators, another way of it and other
 * strengths in each; works that only look broken, and tapes in order. Tapes of sound first: they cost least.
 */
export function wholeSet(order: SetOrder): SetTape[] {
  const all = variants.map((_, variant) => tapesOf(order, variant));
  return [...all.flatMap(({ sound }) => sound), ...all.flatMap(({ pictures }) => pictures)];
}

function tapesOf(order: SetOrder, variant: number): { sound: SetTape[]; pictures: SetTape[] } {
  const first = firstOf(order, variant);
  const second = secondOf(order, variant);
  return { sound: [...first.sound, ...second.sound], pictures: [...first.pictures, ...second.pictures] };
}

function firstOf(order: SetOrder, variant: number): { sound: SetTape[]; pictures: SetTape[] } {
  const { system, bits } = variantAt(variant);
  const folder = join(order.folder, 'first');
  const seed = mixSeeds(order.seed, variant);
  const pictures: Order = { raster: rasterOf(system), seconds: order.pictureSeconds, seed };
  const sound: Order = { raster: rasterOf(system, soundSize), seconds: soundSeconds, seed };
  const faultyOf = (kinds: readonly FaultKind[], tape: Order) =>
    [...Map.groupBy(kinds, ({ check }) => check).values()].flatMap((ways, at): NamedRecipe[] => {
      const kind = ways[variant % ways.length] as FaultKind;
      if (kind.tenBitOnly && bits === 8) return [];
      const lengthOf = (strength: Strength) => framesOfEvent(tape, kind, strength);
      return [faultyRecipe(tape, kind, strengthsThatFit(framesOf(tape), turned(variant + at), lengthOf))];
    });
  const hards = (tape: Order, isOfSound: boolean) =>
    hardRecipes(tape).filter(({ name }, at) => {
      const bare = name.replace('hard-', '');
      return soundHardNames.includes(bare) === isOfSound && (everywhere.includes(bare) || at % 4 === variant);
    });
  const toTape = (recipe: NamedRecipe): SetTape => ({
    folder,
    name: fileName(recipe.name, variant),
    make: () =>
      makeTape({ ...recipe.make(), name: recipe.name }, { folder, bits, ffmpegPath: order.ffmpegPath }),
  });
  const isOfPictures = ({ check }: FaultKind) => audioFaults.every((fault) => fault.check !== check);
  return {
    sound: [...faultyOf(audioFaults, sound), ...hards(sound, true)].map(toTape),
    pictures: [
      ...faultyOf(faultKinds.filter(isOfPictures), pictures),
      ...cleanRecipes(pictures).filter((_, at) => at % 2 === variant % 2),
      ...hards(pictures, false),
    ].map(toTape),
  };
}

function secondOf(order: SetOrder, variant: number): { sound: SetTape[]; pictures: SetTape[] } {
  const { system, bits } = variantAt(variant);
  const folder = join(order.folder, 'second');
  const place = { folder, ffmpegPath: order.ffmpegPath, system, bits };
  const seed = mixSeeds(order.seed, variant, 2);
  const tapesFor = (isOfSound: boolean) => {
    const tape = isOfSound ? { seconds: soundSeconds, size: soundSize } : { seconds: order.pictureSeconds };
    const all = secondTapes({ ...place, ...tape, seed }).filter((one) => one.isOfSound === isOfSound);
    return all.flatMap(({ kind, name, make }, at): SetTape[] => {
      // Of what is in order a half, and the other in the next variant; every fault in all of them, at other strengths.
      if (!isOfSound && kind !== 'fault' && at % 2 !== variant % 2) return [];
      return [{ folder, name: fileName(name, variant), make: () => make(turned(variant + at + 1)) }];
    });
  };
  return { sound: tapesFor(true), pictures: tapesFor(false) };
}

function variantAt(at: number): (typeof variants)[number] {
  return variants[at] ?? variants[0];
}

function fileName(name: string, variant: number): string {
  const { system, bits } = variantAt(variant);
  return `${name}-${system.toLowerCase()}-${bits}`;
}

/** The three strengths, beginning with another one at each turn. */
function turned(turn: number): Strength[] {
  return [0, 1, 2].map((step) => (((turn + step) % 3) + 1) as Strength);
}
