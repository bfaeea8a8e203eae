import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { faultKinds } from './faults/registry.ts';
import { hardNegativeRecipes } from './hard-negatives.ts';
import { playTape, playTapeSound } from './make-tape.ts';
import { cleanRecipe, faultRecipe, type Order, type Recipe } from './recipe.ts';
import { rasterOf } from './tape/canvas.ts';

const order: Order = { raster: rasterOf('PAL', { width: 144, height: 96 }), seconds: 3.2, seed: 5 };

function digestsOf(recipe: Recipe): string[] {
  return Array.from(playTape(recipe, 10), ({ y, u, v }) => {
    const hash = createHash('md5');
    for (const plane of [y, u, v]) hash.update(plane);
    return hash.digest('hex');
  });
}

it('makes the same tape from the same order, and another from another seed', () => {
  const short = { ...order, seconds: 0.4 };
  const first = digestsOf(cleanRecipe(short));
  expect(digestsOf(cleanRecipe(short))).toEqual(first);
  expect(new Set(first).size).toBe(10);
  expect(digestsOf(cleanRecipe({ ...short, seed: 6 }))).not.toEqual(first);
});

it('changes frames within a fault and none outside', () => {
  const kind = faultKinds.find(({ check, way }) => check === 'video-dropout' && way === 'white');
  if (!kind) throw new Error('no such fault');
  const recipe = faultRecipe(order, kind, [2]);
  const [event] = recipe.events;
  if (!event) throw new Error('no event');
  const hit = digestsOf(recipe);
  const sound = digestsOf({ ...recipe, faults: [] });
  const changed = hit.flatMap((digest, frame) => (digest === sound[frame] ? [] : [frame]));
  expect(changed[0]).toBe(event.startFrame);
  expect(changed.at(-1)).toBe(event.endFrame);
});

it('freezes exactly the frames that its label names', () => {
  const kind = faultKinds.find(({ check, way }) => check === 'freeze' && way === 'exact');
  if (!kind) throw new Error('no such fault');
  const recipe = faultRecipe(order, kind, [1]);
  const digests = digestsOf(recipe);
  const still = digests.flatMap((digest, frame) =>
    frame > 0 && digest === digests[frame - 1] ? [frame] : [],
  );
  const [event] = recipe.events;
  expect(still[0]).toBe(event?.startFrame);
  expect(still.at(-1)).toBe(event?.endFrame);
  expect(still).toHaveLength(6);
});

it('has each check of the issue in two ways, and a few frames of everything can be made', () => {
  const ways = Map.groupBy(faultKinds, ({ check }) => check);
  expect(ways.size).toBe(32);
  for (const [check, kinds] of ways) expect(kinds.length, check).toBeGreaterThanOrEqual(2);
  const tiny = { ...order, raster: rasterOf('NTSC', { width: 48, height: 32 }) };
  const all = [
    ...hardNegativeRecipes({ ...tiny, seconds: 0.1 }).map(({ make }) => make()),
    // All strengths find room on a tape of the usual length.
    ...faultKinds.map((kind) => faultRecipe({ ...tiny, seconds: 12 }, kind, [1, 2, 3])),
  ];
  for (const recipe of all) {
    const [first] = playTape(recipe, 8);
    expect(
      first?.y.every((code) => code >= 1 && code <= 254),
      recipe.name,
    ).toBe(true);
  }
});

it('says of a level that was too high where something was cut off, not where nobody spoke', () => {
  const kind = faultKinds.find(({ check, way }) => check === 'audio-clipping' && way === 'analogue');
  if (!kind) throw new Error('no such fault');
  const recipe = faultRecipe({ ...order, seconds: 8 }, kind, [1, 3]);
  const [left] = playTapeSound(recipe);
  for (const [at, { startFrame, endFrame }] of recipe.events.entries()) {
    const heard = recipe.faults[at]?.heard?.();
    const from = heard?.startFrame ?? Number.NaN;
    const to = heard?.endFrame ?? Number.NaN;
    expect(from).toBeGreaterThanOrEqual(startFrame);
    expect(to).toBeLessThanOrEqual(endFrame);
    const isFlat = (frame: number) =>
      left?.subarray(frame * 1920, (frame + 1) * 1920).some((value) => Math.abs(value) > 0.59);
    expect([isFlat(from), isFlat(to)]).toEqual([true, true]);
  }
});

it('plays sound as long as its pictures, but for the fault of length', () => {
  const recipe = cleanRecipe(order);
  expect(playTapeSound(recipe).map(({ length }) => length)).toEqual([153_600, 153_600]);
  const short = faultKinds.find(({ check, way }) => check === 'av-length' && way === 'short');
  if (!short) throw new Error('no such fault');
  expect(playTapeSound(faultRecipe(order, short, [2]))[0]).toHaveLength(153_600 - 38_400);
});
