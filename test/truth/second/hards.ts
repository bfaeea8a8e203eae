import { mixSeeds, seededRandom } from '#core/devices/simulator/random.ts';
import type { Plates } from './damage.ts';
import type { ContentName } from './pictures.ts';
import { band, type Pair } from './sounds.ts';

/** Nothing is wrong with these either: other ideas than those of the first generator. */
export interface SecondHard {
  name: string;
  contents?: readonly ContentName[];
  cutEveryS?: number;
  picture?(plates: Plates, at: { frame: number; seed: number }): void;
  sound?(samples: number, seed: number): Pair;
  alsoTrue?: readonly string[];
}

function scaleLuma({ y }: Plates, share: number): void {
  for (let at = 0; at < y.length; at++) y[at] = 64 + ((y[at] as number) - 64) * share;
}

/** A work without colour: no chroma at all comes off the tape. */
export const monochromeHard: SecondHard = { name: 'monochrome' };

export const secondHards: readonly SecondHard[] = [
  { name: 'rest', contents: ['rest'], cutEveryS: 99 },
  monochromeHard,
  { name: 'quick', cutEveryS: 0.24 },
  { name: 'pulse', picture: (plates, { frame }) => scaleLuma(plates, frame % 4 < 2 ? 1 : 0.08) },
  {
    name: 'dark-work',
    picture(plates) {
      scaleLuma(plates, 0.06);
      for (const plane of [plates.u, plates.v]) {
        for (let at = 0; at < plane.length; at++) plane[at] = 512 + ((plane[at] as number) - 512) * 0.1;
      }
    },
    alsoTrue: ['black'],
  },
  {
    name: 'snow',
    picture({ y }, { frame, seed }) {
      const dice = seededRandom(mixSeeds(seed, frame));
      for (let at = 0; at < y.length; at += 2) {
        const code = 90 + 780 * dice();
        y[at] = code;
        y[at + 1] = code * 0.8 + 100;
      }
    },
  },
  {
    name: 'two-tones',
    sound(samples) {
      const tone = (hertz: number) =>
        Float32Array.from({ length: samples }, (_, at) => {
          const swell = 0.5 + 0.5 * Math.sin(at / 41_000);
          return 0.12 * swell * Math.sin((2 * Math.PI * hertz * at) / 48_000 + 0.8 * Math.sin(at / 9000));
        });
      return [tone(311), tone(466)];
    },
  },
  {
    name: 'one-microphone',
    sound(samples, seed) {
      const dice = seededRandom(seed);
      const [left] = band(samples, seed);
      const hiss = (value: number) => value + 0.003 * (dice() - 0.5);
      return [left.map(hiss), left.map(hiss)];
    },
    alsoTrue: ['dual-mono'],
  },
];
