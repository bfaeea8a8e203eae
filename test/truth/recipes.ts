import { mixSeeds } from '#core/devices/simulator/random.ts';
import { faultKinds } from './faults/registry.ts';
import { hardNegativeRecipes } from './hard-negatives.ts';
import type { Strength } from './label.ts';
import { cleanRecipe, faultRecipe, type Order, type Recipe } from './recipe.ts';

/** Which tapes are to be made. */
interface Selection {
  order: Order;
  /** What a tape's name must begin with: `freeze`, `hum-buzz`, `hard-strobe`. */
  only: readonly string[] | undefined;
  kinds: readonly string[];
  strengths: readonly number[];
  bits: 8 | 10;
  /** One way of each fault, at one strength where it fills the tape, and a quarter of what is in order: which, depends on the turn. */
  turn: number | undefined;
}

/** Recipes of a selection, built one by one when they are called: each holds its worlds in memory. */
export function recipesFor(selection: Selection): (() => Recipe)[] {
  const { order, kinds, only, turn } = selection;
  const isWanted = (name: string) => only?.some((prefix) => name.startsWith(prefix)) ?? true;
  const recipes: (() => Recipe)[] = [];
  if (kinds.includes('fault')) recipes.push(...faults(selection, isWanted));
  if (kinds.includes('clean') && isWanted('clean')) {
    for (const [at, format] of (['vhs', 'betacam', 'umatic', 'hi8'] as const).entries()) {
      if (turn !== undefined && (at + turn) % 2 === 1) continue;
      recipes.push(() => cleanRecipe({ ...order, seed: mixSeeds(order.seed, 900 + at) }, { format }));
    }
  }
  if (kinds.includes('hard-negative')) {
    for (const [at, { name, make }] of hardNegativeRecipes(order).entries()) {
      if (isWanted(name) && (turn === undefined || at % 4 === turn % 4)) recipes.push(make);
    }
  }
  return recipes;
}

function faults({ order, strengths, bits, turn }: Selection, isWanted: (name: string) => boolean) {
  const recipes: (() => Recipe)[] = [];
  const all = strengths.filter((one): one is Strength => one === 1 || one === 2 || one === 3);
  const ways = Map.groupBy(faultKinds.entries(), ([, kind]) => kind.check);
  for (const kinds of ways.values()) {
    for (const [way, [index, kind]] of kinds.entries()) {
      if (!isWanted(`${kind.check}-${kind.way}`)) continue;
      if (kind.tenBitOnly && bits === 8) continue;
      if (turn !== undefined && way !== turn % kinds.length) continue;
      const whole = turn === undefined ? all : all.filter((_, at) => at === (index + turn) % all.length);
      const sets = kind.lengths === 'whole' ? whole.map((one) => [one]) : [all];
      for (const [at, set] of sets.entries()) {
        const seed = mixSeeds(order.seed, index, at);
        recipes.push(() => faultRecipe({ ...order, seed }, kind, set));
      }
    }
  }
  return recipes;
}
