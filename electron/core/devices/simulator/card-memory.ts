import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Recipe } from './recipe.ts';

/** A card that was pulled out stays so for whoever opens it next, until it is put back. */
const memorySchema = z.strictObject({
  goneAtFrame: z.int(),
  /** Milliseconds since 1970; null: never. */
  returnsAtMs: z.number().nullable(),
});

/** Where the fate of the card that plays this recipe is kept. */
export function memoryPathOf(recipe: Recipe, cacheDir: string): string {
  const digest = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 16);
  return join(cacheDir, 'cards', `${recipe.name}-${digest}.json`);
}

/** Writes down that the card went away now, and after how many seconds it can be opened again. */
export function rememberGone(path: string, goneAtFrame: number, returnsAfterS: number | undefined): void {
  const returnsAtMs = returnsAfterS === undefined ? null : Date.now() + returnsAfterS * 1000;
  mkdirSync(dirname(path), { recursive: true });
  const partialPath = `${path}.${process.pid}`;
  writeFileSync(partialPath, JSON.stringify(memorySchema.parse({ goneAtFrame, returnsAtMs })));
  renameSync(partialPath, path);
}

/**
 * The recipe as a card plays it that may have been pulled out before: back in its place it plays on without that fault. Throws
 * HelicalError DEVICE_FAILED while it is away.
 */
export function recipeAsRemembered(recipe: Recipe, path: string, nowMs: number): Recipe {
  if (!recipe.cardFaults.some(({ kind }) => kind === 'device-gone')) return recipe;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return recipe;
    throw error;
  }
  const { goneAtFrame, returnsAtMs } = memorySchema.parse(JSON.parse(text));
  if (returnsAtMs !== null && nowMs >= returnsAtMs) {
    return { ...recipe, cardFaults: recipe.cardFaults.filter(({ kind }) => kind !== 'device-gone') };
  }
  throw new HelicalError('DEVICE_FAILED', {
    problem: `The simulated card is not there: it was pulled out at frame ${goneAtFrame}.`,
    safe: 'Nothing was recorded yet.',
    remedy:
      returnsAtMs === null
        ? `Its recipe never puts it back: remove ${path} to do so.`
        : `It is back in ${Math.ceil((returnsAtMs - nowMs) / 1000)} s.`,
  });
}
