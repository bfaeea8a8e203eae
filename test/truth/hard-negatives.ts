import { mixSeeds } from '#core/devices/simulator/random.ts';
import { cleanRecipe, type Order, type Recipe } from './recipe.ts';
import * as work from './scene/odd-works.ts';
import * as odd from './sound/odd-sounds.ts';
import type { TapeFormatName } from './tape/formats.ts';

interface HardNegative {
  name: string;
  pictures?: work.OddWork;
  sound?: odd.OddSound;
  format?: TapeFormatName;
  /** Checks that are right to say so, for the whole of the tape. */
  alsoTrue?: readonly string[];
  /** No chroma comes from the deck at all, not even noise. */
  isColourKilled?: boolean;
}

/** Tapes on which nothing is wrong. Those that come first are the ones that most often fool a check. */
const hardNegatives: readonly HardNegative[] = [
  { name: 'still-room', pictures: work.stillRoom, format: 'vhs' },
  { name: 'strobe', pictures: work.strobe },
  { name: 'noise-work', pictures: work.noiseWork },
  { name: 'black-with-sound', pictures: work.blackPicture, alsoTrue: ['black'] },
  { name: 'monochrome', pictures: work.monochrome, isColourKilled: true },
  { name: 'mono-by-design', sound: odd.monoByDesign, alsoTrue: ['dual-mono'] },
  { name: 'slow-fade', pictures: work.slowFade, alsoTrue: ['black'] },
  { name: 'feedback', pictures: work.feedback },
  { name: 'fast-cutting', pictures: work.fastCutting },
  { name: 'crawl', pictures: work.crawl },
  { name: 'titles', pictures: work.titles, alsoTrue: ['black'] },
  { name: 'blinds', pictures: work.blinds },
  { name: 'slow-motion', pictures: work.slowMotion, format: 'betacam' },
  { name: 'on-twos', pictures: work.onTwos, format: 'betacam' },
  { name: 'rain', pictures: work.rain },
  { name: 'flicker', pictures: work.flicker },
  { name: 'letterbox', pictures: work.letterbox },
  { name: 'colour-work', pictures: work.colourWork, format: 'umatic' },
  { name: 'wide-stereo', sound: odd.wideStereo },
  { name: 'long-bass', sound: odd.longBass },
  // One voice on both tracks: its rooms lie 7 dB below the hiss of each.
  { name: 'pauses', sound: odd.pauses, alsoTrue: ['dual-mono'] },
  { name: 'sines', sound: odd.sines },
];

/** Those that are about sound: their pictures are like any. */
export const soundHardNames: readonly string[] = hardNegatives
  .filter(({ sound }) => sound)
  .map(({ name }) => name);

/** A recipe for each hard negative, built when it is called. */
export function hardNegativeRecipes(order: Order): { name: string; make: () => Recipe }[] {
  return hardNegatives.map((one, index) => ({
    name: `hard-${one.name}`,
    make: () => recipeOf({ ...order, seed: mixSeeds(order.seed, 800 + index) }, one),
  }));
}

function recipeOf(order: Order, one: HardNegative): Recipe {
  const base = cleanRecipe(order, one.format ? { format: one.format } : {});
  const { sound, pictures } = one;
  const endFrame = base.frames - 1;
  return {
    ...base,
    name: `hard-${one.name}`,
    kind: 'hard-negative',
    material: `${base.format.name}, ${one.name}`,
    programme: pictures ? pictures(order.raster, mixSeeds(order.seed, 55)) : base.programme,
    sound: sound ? (samples) => sound(samples, mixSeeds(order.seed, 56)) : base.sound,
    faults: one.isColourKilled
      ? [
          {
            beforeConverter(canvas) {
              canvas.u.fill(512);
              canvas.v.fill(512);
            },
          },
        ]
      : [],
    alsoTrue: [
      ...base.alsoTrue,
      ...(one.alsoTrue ?? []).map((check) => ({ check, startFrame: 0, endFrame, strength: 2 as const })),
    ],
  };
}
