import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenSource } from '#core/devices/device.ts';
import { openSource } from '#core/devices/registry.ts';
import type { RecipeInput } from '#core/devices/simulator/recipe.ts';
import type { BenchContext } from './bench.ts';

/** Writes a recipe of a seeded PAL tape into the bench's folder. @returns its path */
export async function writeRecipe(
  folder: string,
  recipe: Pick<RecipeInput, 'segments'> & Partial<RecipeInput>,
): Promise<string> {
  const whole: RecipeInput = {
    name: 'bench',
    description: 'A tape for measuring',
    seed: 1972,
    standard: 'PAL',
    ...recipe,
  };
  const path = join(await mkdtemp(join(folder, 'recipe-')), 'recipe.json');
  await writeFile(path, JSON.stringify(whole));
  return path;
}

/** Plays a recipe once. What it shows is drawn at the first call and kept for the later ones. */
export async function playRecipe(
  { folder, ffmpeg }: Pick<BenchContext, 'folder' | 'ffmpeg'>,
  recipePath: string,
): Promise<OpenSource> {
  const cacheDir = join(folder, 'cache');
  await mkdir(cacheDir, { recursive: true });
  const workDir = await mkdtemp(join(folder, 'source-'));
  const { ffmpegPath, ffprobePath } = ffmpeg;
  return openSource(
    { sourceId: 'simulator', argument: recipePath },
    { workDir, cacheDir, ffmpegPath, ffprobePath },
  );
}
