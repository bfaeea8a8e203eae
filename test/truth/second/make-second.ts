import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import { type Standard, standards } from '#core/devices/simulator/standard.ts';
import type { Label, Strength, TruthEvent } from '../label.ts';
import { strengthsThatFit } from '../strengths.ts';
import { type Codes, createCodes } from '../tape/canvas.ts';
import { writeTape } from '../write-tape.ts';
import type { Plates } from './damage.ts';
import { type SecondFault, secondFaults } from './faults.ts';
import { monochromeHard, type SecondHard, secondHards } from './hards.ts';
import { readPictures } from './picture-reader.ts';
import { barsGraph, type ContentName, contentNames, pictureGraph, wearNames } from './pictures.ts';
import { babble, band, type Pair } from './sounds.ts';

export interface SecondOrder {
  system: 'PAL' | 'NTSC';
  /** Undefined: the whole raster. */
  size?: { width: number; height: number } | undefined;
  bits: 8 | 10;
  seconds: number;
  seed: number;
  folder: string;
  ffmpegPath: string;
}

/** Frames that a jump leaves out, by strength. */
const framesLost = { 1: 1, 2: 2, 3: 6 } as const;

type Stretch = TruthEvent & { seed: number };

/** A tape that is made when it is called for, and returns its path. */
interface SecondTape {
  /** Of its files, without system and depth. */
  name: string;
  kind: Label['kind'];
  isOfSound: boolean;
  /** Of the strengths as many as find room; the first alone where a fault fills the tape. Default: all, and 2 where it does. */
  make(strengths?: readonly Strength[]): Promise<string>;
}

/** All that this generator makes of an order. */
export function secondTapes(order: SecondOrder): SecondTape[] {
  const faulty = secondFaults.entries().flatMap(([index, fault]): SecondTape[] => {
    if (fault.tenBitOnly && order.bits === 8) return [];
    const make: SecondTape['make'] = (strengths) =>
      makeFaulty({ ...order, seed: mixSeeds(order.seed, index) }, fault, strengths);
    return [{ name: fault.check, kind: 'fault', isOfSound: isOfSound(fault), make }];
  });
  const hards = secondHards.entries().map(([index, hard]): SecondTape => {
    const make = () => makeHard({ ...order, seed: mixSeeds(order.seed, 400 + index) }, hard);
    return { name: `hard-${hard.name}`, kind: 'hard-negative', isOfSound: hard.sound !== undefined, make };
  });
  const cleans = wearNames.entries().map(([index, wear]): SecondTape => {
    const make = () => makeHard({ ...order, seed: mixSeeds(order.seed, 300 + index) }, undefined, index);
    return { name: `clean-${wear}`, kind: 'clean', isOfSound: false, make };
  });
  return [...faulty, ...hards, ...cleans];
}

function isOfSound(fault: SecondFault): boolean {
  return fault.sound !== undefined || fault.longerS !== undefined;
}

function makeFaulty(
  order: SecondOrder,
  fault: SecondFault,
  strengths: readonly Strength[] | undefined,
): Promise<string> {
  const frames = framesOf(order);
  const stretches = stretchesOf(order, fault, frames, strengths);
  const events = stretches.map(({ seed: _seed, ...event }) => event);
  const alsoTrue = (fault.alsoTrue ?? []).flatMap((check) =>
    events.map(({ startFrame, endFrame, strength }) => ({
      check,
      startFrame,
      endFrame: Math.min(frames - 1, endFrame + 1),
      strength,
    })),
  );
  if (fault.source === 'bars') {
    alsoTrue.push(...events.map((event) => ({ ...event, check: 'reference-tone' })));
  }
  return make(order, { name: fault.check, kind: 'fault', events, alsoTrue }, fault, stretches, undefined);
}

function makeHard(order: SecondOrder, hard: SecondHard | undefined, wear?: number): Promise<string> {
  const endFrame = framesOf(order) - 1;
  const alsoTrue = (hard?.alsoTrue ?? []).map((check) => ({
    check,
    startFrame: 0,
    endFrame,
    strength: 2 as const,
  }));
  const about = hard
    ? { name: `hard-${hard.name}`, kind: 'hard-negative' as const }
    : { name: `clean-${wearNames[wear ?? 0]}`, kind: 'clean' as const };
  return make(order, { ...about, events: [], alsoTrue }, undefined, [], hard, wear);
}

async function make(
  order: SecondOrder,
  about: Pick<Label, 'kind' | 'events' | 'alsoTrue'> & { name: string },
  fault: SecondFault | undefined,
  stretches: readonly Stretch[],
  hard: SecondHard | undefined,
  wearIndex?: number,
): Promise<string> {
  const { bits, seed, ffmpegPath } = order;
  const standard = standardOf(order);
  const frames = framesOf(order);
  const dice = seededRandom(seed);
  const wear = wearNames[wearIndex ?? Math.floor(dice() * wearNames.length)] ?? 'consumer';
  const pool: readonly ContentName[] = hard?.contents ?? fault?.contents ?? contentNames;
  const cutEveryS = hard?.cutEveryS ?? 3.3 + dice();
  const shots = Math.ceil((order.seconds + 2) / cutEveryS);
  const names = Array.from({ length: shots }, () => pool[Math.floor(dice() * pool.length)] ?? 'drift');
  const graph = pictureGraph({ standard, seed, wear, cutEveryS }, names);
  const isBabble = dice() < 0.5;
  const samples = Math.round(
    (frames * 48_000 * standard.frameRate.den) / standard.frameRate.num + 48_000 * (fault?.longerS ?? 0),
  );
  const sound = hard?.sound?.(samples, seed) ?? (isBabble ? babble(samples, seed) : band(samples, seed));
  for (const stretch of stretches) damageSound(sound, stretch, order, fault);
  return writeTape(
    {
      name: about.name,
      label: {
        generator: 'second',
        seed,
        bits,
        frames,
        kind: about.kind,
        material: `${wear}, ${names.join(' ')}, ${isBabble ? 'babble' : 'band'}`,
        events: about.events,
        alsoTrue: about.alsoTrue,
      },
      raster: { width: standard.width, height: standard.height, standard },
      frames: play(order, frames, graph, fault, stretches, hard),
      sound,
    },
    order.folder,
    ffmpegPath,
  );
}

async function* play(
  order: SecondOrder,
  frames: number,
  graph: string,
  fault: SecondFault | undefined,
  stretches: readonly Stretch[],
  hard: SecondHard | undefined,
): AsyncGenerator<Codes> {
  const standard = standardOf(order);
  const codes = createCodes({ width: standard.width, height: standard.height, standard }, order.bits);
  await using pictures = readPictures(graph, standard, order.ffmpegPath);
  await using bars = readPictures(barsGraph(standard, order.seed), standard, order.ffmpegPath);
  let last: Plates | undefined;
  for (let frame = 0; frame < frames; frame++) {
    const stretch = stretches.find(({ startFrame, endFrame }) => frame >= startFrame && frame <= endFrame);
    const isFirst = stretch?.startFrame === frame;
    if (isFirst && fault?.time === 'skip') {
      for (let lost = 0; lost < framesLost[stretch.strength]; lost++) await pictures.next();
    }
    if (stretch && fault?.time === 'repeat-once' && last) {
      yield quantise(last, codes);
      continue;
    }
    let plates = await pictures.next();
    if (stretch && fault?.source === 'bars') plates = await bars.next();
    if (stretch && fault?.time === 'hold' && last) {
      yield quantise(stretch.strength === 2 ? trembling(last, mixSeeds(stretch.seed, frame)) : last, codes);
      continue;
    }
    if (stretch) {
      const { startFrame, endFrame, strength, seed } = stretch;
      const at = {
        n: frame - startFrame,
        length: endFrame - startFrame + 1,
        grade: (strength - 1) / 2,
        seed,
      };
      fault?.picture?.(plates, at);
    }
    hard?.picture?.(plates, { frame, seed: order.seed });
    if (hard === monochromeHard) neutral(plates);
    last = plates;
    yield quantise(plates, codes);
  }
}

function neutral({ u, v }: Plates): void {
  u.fill(512);
  v.fill(512);
}

/** One code up or down here and there: a held picture that went through a converter again. */
function trembling(plates: Plates, seed: number): Plates {
  const dice = seededRandom(seed);
  const shake = (plane: Uint16Array) => plane.map((code) => code + Math.floor(dice() * 3) - 1);
  return { ...plates, y: shake(plates.y), u: shake(plates.u), v: shake(plates.v) };
}

function quantise({ y, u, v }: Plates, codes: Codes): Codes {
  for (const [from, into] of [
    [y, codes.y],
    [u, codes.u],
    [v, codes.v],
  ] as const) {
    if (codes.bits === 10) into.set(from);
    else for (let at = 0; at < from.length; at++) into[at] = Math.min(254, ((from[at] as number) + 2) >> 2);
  }
  return codes;
}

function damageSound(
  sound: Pair,
  stretch: Stretch,
  order: SecondOrder,
  fault: SecondFault | undefined,
): void {
  const { num, den } = standards[order.system].frameRate;
  const at = (frame: number) => Math.round((frame * 48_000 * den) / num);
  const { startFrame, endFrame, strength, seed } = stretch;
  const isWhole = fault?.seconds === 'whole' || fault?.seconds === 'rest';
  const to = isWhole ? Number.MAX_SAFE_INTEGER : at(endFrame + 1);
  const mainsHz = order.system === 'PAL' ? 50 : 60;
  fault?.sound?.(sound, { from: at(startFrame), to, grade: (strength - 1) / 2, seed, mainsHz });
}

function standardOf({ system, size }: SecondOrder): Standard {
  return { ...standards[system], ...size };
}

function framesOf({ system, seconds }: SecondOrder): number {
  const { num, den } = standards[system].frameRate;
  return Math.round((seconds * num) / den);
}

function stretchesOf(
  order: SecondOrder,
  fault: SecondFault,
  frames: number,
  wished: readonly Strength[] | undefined,
): Stretch[] {
  const dice = seededRandom(mixSeeds(order.seed, 9));
  const channels = fault.channels ? { channels: [...fault.channels] } : {};
  const of = (startFrame: number, endFrame: number, strength: Strength): Stretch => ({
    check: fault.check,
    startFrame,
    endFrame,
    strength,
    ...channels,
    seed: mixSeeds(order.seed, strength),
  });
  const only = wished?.[0] ?? 2;
  if (fault.seconds === 'whole') return [of(0, frames - 1, only)];
  if (fault.seconds === 'rest') return [of(Math.round(frames * (0.2 + 0.2 * dice())), frames - 1, only)];
  const lengths = fault.seconds.map((length) => Math.max(1, Math.round((length * frames) / order.seconds)));
  const lengthOf = (strength: Strength) => lengths[strength - 1] as number;
  // The strongest first: whoever learns from the start of a tape what is usual meets the worst at once.
  const strengths = (wished ? strengthsThatFit(frames, wished, lengthOf) : ([1, 2, 3] as const)).toSorted(
    (a, b) => b - a,
  );
  const gap =
    (frames - strengths.reduce((sum, strength) => sum + lengthOf(strength), 0)) / (strengths.length + 1);
  let at = 0;
  return strengths.map((strength) => {
    const start = Math.round(at + gap * (0.7 + 0.6 * dice()));
    at = start + lengthOf(strength);
    return of(start, at - 1, strength);
  });
}
