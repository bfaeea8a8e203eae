import { createHash } from 'node:crypto';
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
  'field-swap',
  'sound-late',
  'signal-loss',
  'timecode-break',
] as const;

function framesOf(
  faults: RecipeInput['faults'],
  count: number,
  cardFaults: RecipeInput['cardFaults'] = [],
): string[] {
  const recipe = recipeSchema.parse({
    name: 'test-tape',
    description: 'For a test.',
    seed: 3,
    standard: 'PAL',
    raster: { width: 396, height: 144 },
    pace: 'unpaced',
    segments: [{ content: 'scene', seconds: 2 }],
    faults,
    cardFaults,
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

describe('a card fault', () => {
  const healthy = framesOf([], 20);
  const changedBy = (cardFaults: RecipeInput['cardFaults']) => {
    const spoilt = framesOf([], 20, cardFaults);
    const changed = spoilt.flatMap((frame, index) => (frame === healthy[index] ? [] : [index]));
    const longer = changed.map((frame) => (spoilt[frame]?.length ?? 0) - (healthy[frame]?.length ?? 0));
    return { changed, longer: [...new Set(longer)] };
  };
  const pictureBytes = 144 * 1152;

  it.each([
    { as: 'noise', longer: 0 },
    { as: 'zero', longer: 0 },
    { as: 'torn', longer: 0 },
    { as: 'short', longer: -pictureBytes / 2 },
    { as: 'long', longer: pictureBytes / 4 },
    { as: 'stream', longer: 4096 },
  ] as const)('garbage ($as) changes its own frames and no other', ({ as, longer }) => {
    expect(changedBy([{ kind: 'garbage', atFrame: 8, frames: 2, as }])).toEqual({
      changed: [8, 9],
      longer: [longer],
    });
  });

  it('leaves the sound of its frames out, or cuts it longer and in a cluster of its own', () => {
    const soundBytes = 1920 * 2 * 4 + 13;
    expect(changedBy([{ kind: 'audio-missing', atFrame: 8, frames: 2 }])).toEqual({
      changed: [8, 9],
      longer: [-soundBytes],
    });
    // 1 % of a frame's 1920 samples is 19.2 of them, of two channels and four bytes.
    const { changed, longer } = changedBy([{ kind: 'rate-off', clock: 'sound', ppm: 10_000 }]);
    expect(changed).toHaveLength(20);
    expect(Math.max(...longer)).toBeLessThanOrEqual(20 * 8);
    const far = framesOf([], 20, [{ kind: 'rate-off', clock: 'sound', ppm: 50_000 }]);
    const clusterHeader = 4 + 8 + 1 + 8 + 8;
    // At 5 % the sound of frame 16 is 32 ms late: more than a block may be beside its cluster.
    const longerAt = (frame: number) => (far[frame]?.length ?? 0) - (healthy[frame]?.length ?? 0);
    expect([longerAt(10), longerAt(18)]).toEqual([96 * 8, 96 * 8 + clusterHeader]);
  });

  it('delivers another raster from a frame on', () => {
    const to = { standard: 'NTSC' as const, width: 396, height: 120 };
    expect(changedBy([{ kind: 'standard-change', atFrame: 12, to, as: 'new-raster' }])).toEqual({
      changed: [12, 13, 14, 15, 16, 17, 18, 19],
      longer: [-24 * 1152],
    });
    const { changed, longer } = changedBy([{ kind: 'standard-change', atFrame: 12, to, as: 'no-signal' }]);
    expect([changed[0], changed.length, longer]).toEqual([12, 8, [0]]);
  });
});

it('writes a healthy tape as it always did, to the byte', () => {
  const digest = createHash('sha256');
  const recipe = recipeSchema.parse({
    name: 'test-tape',
    description: 'For a test.',
    seed: 3,
    standard: 'NTSC',
    raster: { width: 396, height: 144 },
    channels: 4,
    segments: [
      { content: 'scene', seconds: 1 },
      { content: 'noise', seconds: 1 },
    ],
    faults: [
      { kind: 'dropout', atFrame: 8, frames: 4 },
      { kind: 'signal-loss', atFrame: 30, frames: 4 },
    ],
  });
  const tape = layTape(recipe);
  const writer = frameWriter(tape, loadContent(tape, cacheDir));
  for (let frame = 0; frame < 50; frame++) digest.update(writer.write(frame));
  // Taken before cards had faults; a change of the drawing (content-cache.ts) changes it, nothing else may.
  expect(digest.digest('hex')).toBe('ba1410d732114ba756c92b756fca5bcc1b8fe32aff1809b39bb857a5cb0d8e11');
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
