import type { RecipeInput } from '#core/devices/simulator/recipe.ts';

export const smallRaster = { width: 192, height: 144 } as const;

/** A small tape that plays at the true rate; its black, its silence and its lost signal are for the checks to find. */
export const smallTape: RecipeInput = {
  name: 'test-pal',
  description: 'A small PAL tape for tests',
  seed: 11,
  standard: 'PAL',
  raster: smallRaster,
  channels: 2,
  segments: [
    { content: 'bars', seconds: 1 },
    { content: 'black', seconds: 3 },
    { content: 'scene', seconds: 116 },
  ],
  faults: [{ kind: 'signal-loss', atSeconds: 5, frames: 50, field: 'blue' }],
};

/** A small healthy tape that ends by itself. */
export function shortTape(seconds: number): RecipeInput {
  return {
    ...smallTape,
    name: 'short-pal',
    description: 'A short PAL tape for tests',
    segments: [{ content: 'scene', seconds }],
    faults: [],
  };
}

/** 0, 1, 2 ...: the numbers of a tape of which no frame is missing. */
export function counted(frames: number): number[] {
  return Array.from({ length: frames }, (_, frame) => frame);
}
