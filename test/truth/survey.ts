import { rmSync } from 'node:fs';
import { mixSeeds } from '#core/devices/simulator/random.ts';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { engineJudge, stockJudge } from './judge-tapes.ts';
import { readLabel } from './label.ts';
import { makeTape } from './make-tape.ts';
import { recipesFor } from './recipes.ts';
import type { JudgedTape } from './score.ts';
import { secondTapes } from './second/make-second.ts';
import { rasterOf } from './tape/canvas.ts';

interface SurveyOrder {
  ffmpeg: Ffmpeg;
  /** Takes one tape at a time. */
  folder: string;
  seconds: number;
  seed: number;
  /** Every way and every strength, not one way of each fault in each variant. */
  whole: boolean;
  say(text: string): void;
}

/**
 * Makes tapes of both systems and depths, and has the engine and stock filters judge each. Without `whole` each variant
 * has another way of each fault, events at all three strengths, and another quarter of the hard negatives. Tapes of the second
 * generator come with it.
 */
export async function survey(order: SurveyOrder): Promise<{ engine: JudgedTape[]; stock: JudgedTape[] }> {
  const judges = [engineJudge(order.ffmpeg), stockJudge(order.ffmpeg)] as const;
  const engine: JudgedTape[] = [];
  const stock: JudgedTape[] = [];
  let variant = 0;
  for (const system of ['PAL', 'NTSC'] as const) {
    for (const bits of [10, 8] as const) {
      const recipes = recipesFor({
        order: { raster: rasterOf(system), seconds: order.seconds, seed: mixSeeds(order.seed, variant) },
        only: undefined,
        kinds: ['fault', 'clean', 'hard-negative'],
        strengths: [1, 2, 3],
        bits,
        turn: order.whole ? undefined : variant,
      });
      const { folder, seconds, ffmpeg } = order;
      const place = { folder, bits, ffmpegPath: ffmpeg.ffmpegPath };
      const first = recipes.map((make) => () => makeTape(make(), place));
      // The second generator has one way of each fault: half of the variants are enough to see whether checks fit the first.
      const hasSecond = order.whole || variant === 0 || variant === 3;
      const seed = mixSeeds(order.seed, variant, 2);
      const all = ['fault', 'clean', 'hard-negative'];
      const second = hasSecond ? secondTapes({ ...place, system, seconds, seed }, undefined, all) : [];
      for (const make of [...first, ...second]) {
        const path = await make();
        const labelPath = path.replace(/\.mkv$/, '.json');
        const label = readLabel(labelPath);
        order.say(`${label.file} (${engine.length + 1})`);
        engine.push(await judges[0](folder, label));
        stock.push(await judges[1](folder, label));
        for (const made of [path, labelPath]) rmSync(made);
      }
      variant++;
    }
  }
  return { engine, stock };
}
