import { mixSeeds } from '#core/devices/simulator/random.ts';
import { faultKinds } from './faults/registry.ts';
import { hardNegativeRecipes } from './hard-negatives.ts';
import type { Strength } from './label.ts';
import { cleanRecipe, faultRecipe, type Order, type Recipe } from './recipe.ts';

/** Which tapes are to be made. */
export interface Selection {
  order: Order;
  /** Checks (or names of clean tapes and hard negatives) that a recipe's name must begin with. */
  only: readonly string[] | undefined;
  kinds: readonly string[];
  strengths: readonly number[];
  bits: 8 | 10;
  isFirstWayOnly: boolean;
}

/** Recipes of a selection, built one by one when they are called: each holds its worlds in memory. */
export function recipesFor(selection: Selection): (() => Recipe)[] {
  const { order, kinds, only, bits } = selection;
  const isWanted = (name: string) => only?.some((prefix) => name.startsWith(prefix)) ?? true;
  const recipes: (() => Recipe)[] = [];
  const strengths = selection.strengths.filter((one): one is Strength => one === 1 || one === 2 || one === 3);
  const seen = new Set<string>();
  for (const [index, kind] of faultKinds.entries()) {
    if (!kinds.includes('fault') || !isWanted(kind.check)) continue;
    if (kind.tenBitOnly && bits === 8) continue;
    if (selection.isFirstWayOnly && seen.has(kind.check)) continue;
    seen.add(kind.check);
    const own = { ...order, seed: mixSeeds(order.seed, index) };
    const sets = kind.lengths === 'whole' ? strengths.map((one) => [one]) : [strengths];
    for (const [at, set] of sets.entries()) {
      recipes.push(() => faultRecipe({ ...own, seed: mixSeeds(own.seed, at) }, kind, set));
    }
  }
  if (kinds.includes('clean') && isWanted('clean')) {
    for (const [at, format] of (['vhs', 'betacam', 'umatic', 'hi8'] as const).entries()) {
      recipes.push(() => cleanRecipe({ ...order, seed: mixSeeds(order.seed, 900 + at) }, { format }));
    }
  }
  if (kinds.includes('hard-negative')) {
    for (const { name, make } of hardNegativeRecipes(order)) if (isWanted(name)) recipes.push(make);
  }
  return recipes;
}
