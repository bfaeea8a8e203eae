import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadContent } from './content-cache.ts';
import { frameWriter } from './frame-writer.ts';
import { type RecipeInput, recipeSchema } from './recipe.ts';
import { layTape } from './tape.ts';

const cacheDir = mkdtempSync(join(tmpdir(), 'helical-frames-'));
afterAll(() => rmSync(cacheDir, { recursive: true, force: true }));

const kinds = [
  'dropout',
  'head-clog',
  'tracking',
  'freeze',
  'silence',
  'phase-inversion',
  'clipping',
  'signal-loss',
  'timecode-break',
] as const;

function framesOf(faults: RecipeInput['faults'], count: number): string[] {
  const recipe = recipeSchema.parse({
    name: 'test-tape',
    description: 'For a test.',
    seed: 3,
    standard: 'PAL',
    raster: { width: 396, height: 144 },
    pace: 'unpaced',
    segments: [{ content: 'scene', seconds: 2 }],
    faults,
  });
  const tape = layTape(recipe);
  const writer = frameWriter(tape, loadContent(tape, cacheDir));
  return Array.from({ length: count }, (_, frame) => Buffer.from(writer.write(frame)).toString('latin1'));
}

describe('a fault', () => {
  const healthy = framesOf([], 20);
  it.each(kinds)('%s changes its own frames and no other', (kind) => {
    const spoilt = framesOf([{ kind, atFrame: 8, frames: 4, strength: 1 }], 20);
    const changed = spoilt.flatMap((frame, index) => (frame === healthy[index] ? [] : [index]));
    // A tape that freezes on frame 8 still shows frame 8 first.
    expect(changed).toEqual(kind === 'freeze' ? [9, 10, 11] : [8, 9, 10, 11]);
  });
});

it('pads paced frames of a small raster to the room of a full one', () => {
  const base = { name: 'test-tape', description: 'For a test.', seed: 3, standard: 'PAL' as const };
  const recipe = recipeSchema.parse({
    ...base,
    raster: { width: 396, height: 144 },
    segments: [{ content: 'black', seconds: 1 }],
  });
  const tape = layTape(recipe);
  const small = frameWriter(tape, loadContent(tape, cacheDir)).write(0).byteLength;
  expect(small).toBeGreaterThan(720 * 576 * (8 / 3));
  expect(small).toBeLessThan(720 * 576 * (8 / 3) * 1.05);
});
