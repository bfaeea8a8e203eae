import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HelicalError } from '#shared/domain/errors.ts';
import { parseRecipe, type RecipeInput, recipeSchema } from './recipe.ts';
import { loadRecipe, shippedRecipeNames } from './shipped-recipes.ts';
import { firstSampleOf, standards } from './standard.ts';
import { layTape } from './tape.ts';

const base: RecipeInput = {
  name: 'test-tape',
  description: 'For a test.',
  seed: 1,
  standard: 'PAL',
  segments: [{ content: 'scene', seconds: 4 }],
};

function problemOf(value: unknown): string {
  try {
    parseRecipe(JSON.stringify(value), 'test.json');
  } catch (error) {
    expect(error).toBeInstanceOf(HelicalError);
    expect((error as HelicalError).code).toBe('INVALID_INPUT');
    return (error as HelicalError).problem;
  }
  return 'accepted';
}

describe('a recipe', () => {
  it.each([
    ['a key that nobody knows', { ...base, colour: 'red' }, 'recipe: Unrecognized key: "colour"'],
    ['no segments', { ...base, segments: [] }, 'segments'],
    ['an odd width', { ...base, raster: { width: 193, height: 144 } }, 'raster.width'],
    [
      'a raster too small for the frame number',
      { ...base, raster: { width: 96, height: 72 } },
      'raster.width',
    ],
    ['nine channels', { ...base, channels: 9 }, 'channels'],
    ['an hour 25', { ...base, timecodeStart: '25:00:00:00' }, 'timecodeStart'],
    [
      'a fault in two places',
      { ...base, faults: [{ kind: 'freeze', atFrame: 1, atSeconds: 1, frames: 2 }] },
      'faults.0',
    ],
    ['a fault in no place', { ...base, faults: [{ kind: 'freeze', frames: 2 }] }, 'faults.0'],
    ['a fault after the end', { ...base, faults: [{ kind: 'freeze', atSeconds: 4, frames: 2 }] }, 'faults.0'],
    [
      'a fault on channel 3 of 2',
      { ...base, faults: [{ kind: 'silence', atFrame: 0, frames: 2, channel: 3 }] },
      'faults.0.channel',
    ],
    ['an unknown fault', { ...base, faults: [{ kind: 'mould', atFrame: 0, frames: 2 }] }, 'faults.0.kind'],
  ])('with %s is refused with its place', (_, recipe, place) => {
    expect(problemOf(recipe)).toContain(place);
  });

  it('that is not JSON is refused', () => {
    expect(() => parseRecipe('{', 'test.json')).toThrow(/test\.json is not JSON/);
  });

  it('fills a tape without holes: each frame has its segment, the lengths add up', () => {
    const segment = fc.record({
      content: fc.constantFrom('bars', 'scene', 'black', 'noise', 'station-test'),
      seconds: fc.integer({ min: 1, max: 400 }).map((tenths) => tenths / 10),
    });
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('PAL' as const, 'NTSC' as const),
        (segments, standard) => {
          const tape = layTape(recipeSchema.parse({ ...base, standard, segments }));
          const { frameRate } = standards[standard];
          const seconds = segments.reduce((sum, { seconds }) => sum + seconds, 0);
          expect(Math.abs(tape.totalFrames - (seconds * frameRate.num) / frameRate.den)).toBeLessThanOrEqual(
            1,
          );
          let last = 0;
          for (let frame = 0; frame < tape.totalFrames; frame++) {
            const { index } = tape.segmentAt(frame);
            expect(index === last || index === last + 1).toBe(true);
            last = index;
          }
          expect(last).toBe(segments.length - 1);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('holds faults from their first frame to their last', () => {
    const tape = layTape(
      recipeSchema.parse({
        ...base,
        timecodeStart: '00:00:00:00',
        faults: [
          { kind: 'freeze', atFrame: 10, frames: 5 },
          { kind: 'timecode-break', atSeconds: 2, frames: 3, jumpFrames: -60 },
        ],
      }),
    );
    expect([9, 10, 14, 15].map(tape.pictureFrame)).toEqual([9, 10, 10, 15]);
    expect([49, 50, 52, 53].map(tape.timecodeAt)).toEqual([
      '00:00:01:24',
      '23:59:59:15',
      '23:59:59:17',
      '00:00:02:03',
    ]);
    expect(layTape(tape.recipe, 1).totalFrames).toBe(25);
    expect(layTape(tape.recipe, 100).totalFrames).toBe(100);
  });

  it('spreads NTSC samples 1602, 1601, 1602, 1601, 1602', () => {
    const rate = standards.NTSC.frameRate;
    const lengths = Array.from({ length: 5 }, (_, n) => firstSampleOf(n + 1, rate) - firstSampleOf(n, rate));
    expect(lengths).toEqual([1602, 1601, 1602, 1601, 1602]);
    expect(firstSampleOf(30_000, rate)).toBe(48_000 * 1001);
  });
});

describe('the shipped recipes', () => {
  it('can all be played in real time, the healthy PAL tape first, only the small one below full raster', async () => {
    const names = await shippedRecipeNames();
    expect(names).toEqual([
      'programme-pal',
      'programme-ntsc',
      'small-pal',
      'station-test-ntsc',
      'station-test-pal',
      'troubled-pal',
    ]);
    for (const name of names) {
      const recipe = await loadRecipe(name);
      expect(recipe.name).toBe(name);
      expect(recipe.raster !== undefined).toBe(name === 'small-pal');
      expect(recipe.pace).toBe('realtime');
    }
  });

  it('hold every kind of fault of a tape in the troubled one', async () => {
    const kinds = new Set((await loadRecipe('troubled-pal')).faults.map((fault) => fault.kind));
    expect([...kinds].sort()).toEqual([
      'clipping',
      'dropout',
      'freeze',
      'head-clog',
      'phase-inversion',
      'signal-loss',
      'silence',
      'timecode-break',
      'tracking',
    ]);
  });

  it('are named in the error when another name is asked for', async () => {
    await expect(loadRecipe('nonesuch')).rejects.toThrow(
      /programme-pal, programme-ntsc, small-pal, station-test-ntsc, station-test-pal, troubled-pal/,
    );
    await expect(loadRecipe('/nowhere/tape.json')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
