import { mixSeeds } from '#core/devices/simulator/random.ts';
import type { FaultKind } from './faults/fault.ts';
import { faultKinds } from './faults/registry.ts';
import { hardNegativeRecipes } from './hard-negatives.ts';
import type { Label, Strength } from './label.ts';
import { cleanRecipe, faultRecipe, type Order, type Recipe } from './recipe.ts';

/** A recipe that is built when it is called for: each holds its worlds in memory. */
export interface NamedRecipe {
  name: string;
  kind: Label['kind'];
  make(): Recipe;
}

/** A recipe for each format, with nothing wrong. */
export function cleanRecipes(order: Order): NamedRecipe[] {
  return (['vhs', 'betacam', 'umatic', 'hi8'] as const).map((format, at) => ({
    name: `clean-${format}`,
    kind: 'clean',
    make: () => cleanRecipe({ ...order, seed: mixSeeds(order.seed, 900 + at) }, { format }),
  }));
}

export function hardRecipes(order: Order): NamedRecipe[] {
  return hardNegativeRecipes(order).map((one) => ({ ...one, kind: 'hard-negative' }));
}

/** A recipe of one way of a fault: events at all of the strengths, or the whole tape at the first. */
export function faultyRecipe(order: Order, kind: FaultKind, strengths: readonly Strength[]): NamedRecipe {
  const { check, way, lengths } = kind;
  const seed = mixSeeds(order.seed, faultKinds.indexOf(kind), strengths[0] ?? 0);
  const shown = lengths === 'whole' ? strengths.slice(0, 1) : strengths;
  return {
    name: `${check}-${way}-${shown.join('')}`,
    kind: 'fault',
    make: () => faultRecipe({ ...order, seed }, kind, shown),
  };
}

/** Recipes of every way of every fault, at the strengths that are named: events on one tape, or a tape for each strength. */
export function faultyRecipes(order: Order, strengths: readonly Strength[], bits: 8 | 10): NamedRecipe[] {
  return faultKinds
    .filter(({ tenBitOnly }) => !tenBitOnly || bits === 10)
    .flatMap((kind) =>
      kind.lengths === 'whole'
        ? strengths.map((one) => faultyRecipe(order, kind, [one]))
        : [faultyRecipe(order, kind, strengths)],
    );
}
