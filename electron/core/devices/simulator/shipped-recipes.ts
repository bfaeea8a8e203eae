import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HelicalError } from '#shared/domain/errors.ts';
import { parseRecipe, type Recipe } from './recipe.ts';

/** The recipe that plays when none is named. */
const firstRecipe = 'programme-pal';

/** Folder of the shipped recipes. A packaged application keeps its resources elsewhere and says where. */
export function recipesDir(resourcesDir?: string): string {
  const resources = resourcesDir ?? fileURLToPath(new URL('../../../../resources/', import.meta.url));
  return join(resources, 'recipes');
}

/** Names of the shipped recipes, the default one first. */
export async function shippedRecipeNames(resourcesDir?: string): Promise<string[]> {
  const names = (await readdir(recipesDir(resourcesDir)))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
  return [...names.filter((name) => name === firstRecipe), ...names.filter((name) => name !== firstRecipe)];
}

/** Whether a recipe is named by its path, not by the bare name of a shipped one. */
export function isRecipePath(argument: string): boolean {
  return isAbsolute(argument) || /[\\/]|\.json$/.test(argument);
}

/**
 * Reads a recipe: a shipped one by its bare name, or any file by its path; without an argument the first shipped one.
 * Throws HelicalError INVALID_INPUT (not a recipe, no such shipped recipe) or FILE_UNREADABLE (no such file).
 */
export async function loadRecipe(argument: string | undefined, resourcesDir?: string): Promise<Recipe> {
  const names = await shippedRecipeNames(resourcesDir);
  const wanted = argument ?? names[0] ?? firstRecipe;
  const shipped = names.includes(wanted) ? join(recipesDir(resourcesDir), `${wanted}.json`) : undefined;
  const isPath = isRecipePath(wanted);
  if (!shipped && !isPath) {
    throw new HelicalError('INVALID_INPUT', {
      problem: `There is no shipped recipe named ${wanted}.`,
      remedy: `Choose one of ${names.join(', ')}, or give the path of a recipe file.`,
    });
  }
  const path = shipped ?? wanted;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new HelicalError(
      'FILE_UNREADABLE',
      {
        problem: `The recipe ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`,
        remedy: `Check the path, or choose a shipped recipe: ${names.join(', ')}.`,
      },
      { cause: error },
    );
  }
  return parseRecipe(text, path);
}
