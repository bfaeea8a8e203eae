import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecipeInput } from '#core/devices/simulator/recipe.ts';
import { buildOnce } from './build-once.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));

/** A folder of its own with a copy of Helical in it, which ships further simulated tapes. */
export interface Installation {
  /** Holds everything a test makes; removed at the end. */
  folder: string;
  rootDir: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Installs this checkout's own sources and built pages once more, with these recipes beside the shipped ones: screens
 * name a tape of the simulator by its id and never by a path, and the shipped ones are too large for tests that need pace.
 */
export async function install(recipes: readonly RecipeInput[]): Promise<Installation> {
  await buildOnce();
  const folder = await mkdtemp(join(tmpdir(), 'helical-e2e-'));
  const rootDir = join(folder, 'helical');
  await mkdir(join(rootDir, 'out'), { recursive: true });
  for (const name of ['package.json', 'electron', 'shared', 'resources', 'out/renderer']) {
    await cp(join(checkout, name), join(rootDir, name), { recursive: true });
  }
  await symlink(join(checkout, 'node_modules'), join(rootDir, 'node_modules'), 'dir');
  for (const recipe of recipes) {
    await writeFile(join(rootDir, 'resources', 'recipes', `${recipe.name}.json`), JSON.stringify(recipe));
  }
  return {
    folder,
    rootDir,
    // A recorder or player that a failed test left running may still write.
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** A shipped tape in another size and length. */
export async function shippedRecipe(name: string): Promise<RecipeInput> {
  return JSON.parse(await readFile(join(checkout, 'resources', 'recipes', `${name}.json`), 'utf8'));
}
