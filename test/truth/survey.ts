import { rmSync } from 'node:fs';
import { mixSeeds } from '#core/devices/simulator/random.ts';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { engineJudge, stockJudge } from './judge-tapes.ts';
import { readLabel } from './label.ts';
import { makeTape } from './make-tape.ts';
import { recipesFor } from './recipes.ts';
import type { JudgedTape } from './score.ts';
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
 * has another way of each fault, events at all three strengths, and another quarter of the hard negatives.
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
      for (const make of recipes) {
        const recipe = make();
        const path = await makeTape(recipe, {
          folder: order.folder,
          bits,
          ffmpegPath: order.ffmpeg.ffmpegPath,
        });
        const labelPath = path.replace(/\.mkv$/, '.json');
        const label = readLabel(labelPath);
        order.say(`${label.file} (${engine.length + 1})`);
        engine.push(await judges[0](order.folder, label));
        stock.push(await judges[1](order.folder, label));
        for (const made of [path, labelPath]) rmSync(made);
      }
      variant++;
    }
  }
  return { engine, stock };
}
