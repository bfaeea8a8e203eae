import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadContent } from '#core/devices/simulator/content-cache.ts';
import { preparePictureFaults } from '#core/devices/simulator/picture-faults.ts';
import { type RecipeInput, recipeSchema } from '#core/devices/simulator/recipe.ts';
import { layTape } from '#core/devices/simulator/tape.ts';
import { unpackV210 } from '#core/devices/simulator/v210.ts';
import { judge } from './judge.ts';
import { measurePictures } from './picture/decoded-pictures.fixture.ts';
import type { PictureRaster } from './picture/instrument.ts';

const cacheDir = mkdtempSync(join(tmpdir(), 'helical-simulated-'));
afterAll(() => rmSync(cacheDir, { recursive: true, force: true }));

const [width, height, frames] = [480, 384, 50];
const profile = { id: 'test', name: '', description: '', checks: {} };

/** What the checks say of the pictures of a simulated tape with one fault, in its middle. */
function checksThatFind(faults: RecipeInput['faults']): string[] {
  const recipe = recipeSchema.parse({
    ...{ name: 'test-tape', description: 'For a test.', seed: 3, standard: 'PAL', pace: 'unpaced' },
    ...{ raster: { width, height }, segments: [{ content: 'scene', seconds: 3 }], faults },
  });
  const tape = layTape(recipe);
  const spoil = preparePictureFaults(tape);
  const content = loadContent(tape, cacheDir).get('scene') as Uint8Array[];
  const pictures = Array.from({ length: frames }, (_, frame) => {
    const packed = Uint8Array.from(content[tape.pictureFrame(frame) % content.length] as Uint8Array);
    spoil.apply(packed, frame);
    const { y, cb, cr } = unpackV210(packed, width, height);
    return { y, u: cb, v: cr };
  });
  const raster: PictureRaster = {
    ...{ width, height, chromaWidth: width / 2, chromaHeight: height, bitDepth: 10 },
    ...{ frameRate: { num: 25, den: 1 }, standard: 'other' },
    fieldOrder: 'tff',
  };
  const series = { ...measurePictures({ raster, pictures }), fieldOrder: 'tff' as const };
  return [...new Set(judge(series, profile).events.map(({ check }) => check))];
}

it.each([
  ['nothing', undefined, []],
  ['tracking', 'tracking', ['tracking-error']],
  ['a clogged head', 'head-clog', ['head-clog']],
  ['a freeze', 'freeze', ['freeze']],
  ['a lost signal', 'signal-loss', ['signal-loss']],
] as const)('calls %s of the simulator by its own name', (_, kind, checks) => {
  const faults = kind ? [{ kind, atFrame: 25, frames: 20, strength: 0.6 } as const] : [];
  expect(checksThatFind(faults)).toEqual(checks);
});
