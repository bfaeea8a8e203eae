import { describe, expect, it } from 'vitest';
import { HelicalError } from '#shared/domain/errors.ts';
import { parseRecipe, type RecipeInput } from './recipe.ts';

const base: RecipeInput = {
  name: 'test-tape',
  description: 'For a test.',
  seed: 1,
  standard: 'PAL',
  segments: [{ content: 'scene', seconds: 4 }],
};

function problemOf(cardFaults: unknown): string {
  try {
    parseRecipe(JSON.stringify({ ...base, cardFaults }), 'test.json');
  } catch (error) {
    if (!(error instanceof HelicalError)) throw error;
    expect(error.code).toBe('INVALID_INPUT');
    return error.problem;
  }
  return 'accepted';
}

const ntsc = { standard: 'NTSC', width: 720, height: 486 };

describe('a card fault', () => {
  it.each([
    { kind: 'device-gone', atFrame: 0 },
    { kind: 'device-gone', atFrame: 50, returnsAfterS: 2 },
    { kind: 'garbage', atFrame: 3, frames: 2, as: 'stream' },
    { kind: 'audio-missing', atFrame: 0, frames: 50 },
    { kind: 'audio-missing', atFrame: 99 },
    { kind: 'rate-off', clock: 'sound', ppm: -1000 },
    { kind: 'never-starts', as: 'no-header' },
    { kind: 'standard-change', atFrame: 20, to: ntsc, as: 'no-signal' },
  ])('$kind is taken', (fault) => {
    expect(problemOf([fault])).toBe('accepted');
  });

  it.each([
    ['of no known kind', [{ kind: 'rust' }], 'cardFaults.0.kind'],
    [
      'with a word too many',
      [{ kind: 'device-gone', atFrame: 1, why: '' }],
      'cardFaults.0: Unrecognized key: "why"',
    ],
    [
      'after the end',
      [{ kind: 'garbage', atFrame: 100, frames: 1, as: 'zero' }],
      'cardFaults.0: starts at frame 100',
    ],
    ['before the start', [{ kind: 'device-gone', atFrame: -1 }], 'cardFaults.0.atFrame'],
    [
      'of garbage that nobody knows',
      [{ kind: 'garbage', atFrame: 1, frames: 1, as: 'dust' }],
      'cardFaults.0.as',
    ],
    [
      'of a clock that is right',
      [{ kind: 'rate-off', clock: 'picture', ppm: 0 }],
      'a clock that is off by 0 is right',
    ],
    [
      'of a clock that nobody builds',
      [{ kind: 'rate-off', clock: 'sound', ppm: 60_000 }],
      'cardFaults.0.ppm',
    ],
    [
      'that is there twice',
      [
        { kind: 'rate-off', clock: 'sound', ppm: 10 },
        { kind: 'rate-off', clock: 'sound', ppm: 20 },
      ],
      'cardFaults.1: there can be only one rate-off of sound',
    ],
    [
      'that changes nothing',
      [
        {
          kind: 'standard-change',
          atFrame: 1,
          to: { standard: 'PAL', width: 720, height: 576 },
          as: 'no-signal',
        },
      ],
      'cardFaults.0: the tape is in that standard and raster from the start',
    ],
    [
      'to a raster without room for a frame number',
      [{ kind: 'standard-change', atFrame: 1, to: { ...ntsc, width: 64 }, as: 'new-raster' }],
      'cardFaults.0.to.width',
    ],
  ])('%s is refused with its place', (_, cardFaults, place) => {
    expect(problemOf(cardFaults)).toContain(place);
  });

  it('may be there for each clock, and garbage as often as it comes', () => {
    const garbage = (atFrame: number) => ({ kind: 'garbage', atFrame, frames: 1, as: 'zero' });
    const off = (clock: string) => ({ kind: 'rate-off', clock, ppm: 1000 });
    expect(problemOf([garbage(1), garbage(5), off('picture'), off('sound')])).toBe('accepted');
  });
});
