import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mixSeeds } from '#core/devices/simulator/random.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { judgeTapes, labelsIn } from './judge-tapes.ts';
import { makeTape } from './make-tape.ts';
import { recipesFor } from './recipes.ts';
import { formatMistakes, formatScore, scoreTapes } from './score.ts';
import { rasterOf } from './tape/canvas.ts';

/** `make --out DIR` and `score DIR`: see README.md. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      only: { type: 'string' },
      kinds: { type: 'string', default: 'fault,clean,hard-negative' },
      strengths: { type: 'string', default: '123' },
      system: { type: 'string', default: 'PAL' },
      bits: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '12' },
      seed: { type: 'string', default: '1' },
      'first-way': { type: 'boolean', default: false },
    },
  });
  const [verb] = positionals;
  if (verb === 'make' && values.out) {
    const ffmpeg = await locateFfmpeg();
    mkdirSync(values.out, { recursive: true });
    const bits = values.bits === '8' ? 8 : 10;
    const raster = rasterOf(values.system === 'NTSC' ? 'NTSC' : 'PAL');
    const recipes = recipesFor({
      order: { raster, seconds: Number(values.seconds), seed: mixSeeds(Number(values.seed)) },
      only: values.only?.split(','),
      kinds: values.kinds.split(','),
      strengths: [...values.strengths].map(Number),
      bits,
      isFirstWayOnly: values['first-way'],
    });
    for (const makeRecipe of recipes) {
      const recipe = makeRecipe();
      const startedAtMs = performance.now();
      await makeTape(recipe, { folder: values.out, bits, ffmpegPath: ffmpeg.ffmpegPath, generator: 'first' });
      process.stderr.write(`${recipe.name} ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s\n`);
    }
    return;
  }
  const [, folder] = positionals;
  if (verb === 'score' && folder) {
    const ffmpeg = await locateFfmpeg();
    const only = values.only?.split(',');
    const labels = labelsIn(folder).filter(({ file }) => only?.some((one) => file.startsWith(one)) ?? true);
    const judged = await judgeTapes(folder, labels, ffmpeg, ({ file }, seconds) =>
      process.stderr.write(`${file} ${seconds.toFixed(1)} s\n`),
    );
    const score = scoreTapes(judged);
    process.stdout.write(`${formatScore(score)}\n\n${formatMistakes(score)}\n`);
    return;
  }
  throw new Error('make --out DIR, or score DIR');
}

await main();
