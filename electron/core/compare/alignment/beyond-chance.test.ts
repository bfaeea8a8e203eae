import { expect, it } from 'vitest';
import { areBeyondChance } from './beyond-chance.ts';
import type { Likeness } from './likeness.ts';

const at = (startFrameA: number, frames: number, offsetFrames = 0) => ({ startFrameA, frames, offsetFrames });
/** Two recordings of 250 frames of a scene that comes again every 50. */
const again = { of: (a: number, b: number) => (a % 50 === b % 50 ? 1 : -1) } as Likeness;
/** Every frame is like every other. */
const still = { of: () => 1 } as unknown as Likeness;

it('takes parts of a scene that comes again together: damage cut them short, each alone has another place', () => {
  expect(areBeyondChance([at(0, 25)], again, 250)).toBe(false);
  expect(areBeyondChance([at(50, 50)], again, 250)).toBe(false);
  expect(areBeyondChance([at(0, 25), at(50, 50), at(140, 110)], again, 250)).toBe(true);
  // As many frames that stand elsewhere have other places, and two of them are no more than one.
  expect(areBeyondChance([at(50, 60), at(120, 30)], again, 1000)).toBe(false);
});

it('believes no stretch of calm pictures that has other places, and each that has none or is long', () => {
  expect(areBeyondChance([at(100, 200)], still, 1000)).toBe(false);
  expect(areBeyondChance([at(0, 250)], still, 250)).toBe(true);
  expect(areBeyondChance([at(100, 501)], still, 10_000)).toBe(true);
});
