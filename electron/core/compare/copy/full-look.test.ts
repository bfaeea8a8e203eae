import { expect, it } from 'vitest';
import { seededNumbers } from '#core/compare/alignment/played-tape.fixture.ts';
import { createFullLook, fullLookEvery } from './full-look.ts';
import { fullPairBytes, planesOf } from './full-pair.ts';
import { createLevelFit } from './level-fit.ts';

const size = { width: 96, height: 80 };
type Plane = (x: number, y: number) => number;

/** Smooth detail, of all levels from 0 to 255. */
const scene: Plane = (x, y) => 127.5 + 127.5 * Math.sin(x / 3.1 + Math.sin(y / 4)) * Math.cos(y / 3.7);

/** What is seen of a copy: luma and chroma of both sides. */
function lookAt(luma: Plane, chroma: Plane = scene) {
  const bytes = new Uint8Array(fullPairBytes(size));
  const pair = planesOf(bytes, size);
  for (const [name, copy] of [
    ['y', luma],
    ['u', chroma],
    ['v', chroma],
  ] as const) {
    const { expectedAt, copyAt, stride, width, height } = pair[name];
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        bytes[expectedAt + row * stride + column] = scene(column, row);
        bytes[copyAt + row * stride + column] = copy(column, row);
      }
    }
  }
  const look = createFullLook();
  look.add(pair);
  return look.look();
}

it('finds every line in its place in a copy that is the same, and in one that is blurred', () => {
  const blurred: Plane = (x, y) => (scene(x, y - 1) + 2 * scene(x, y) + scene(x, y + 1)) / 4;
  for (const look of [lookAt(scene), lookAt(blurred, blurred)]) {
    for (const fit of [...Object.values(look.shifts), ...Object.values(look.chroma)]) {
      expect(fit.isTold).toBe(true);
      expect(Math.abs(fit.shift)).toBeLessThan(0.1);
    }
    expect(Object.values(look.lost)).toEqual([[], [], [], []]);
  }
});

it('tells a line lost at an edge, a picture moved by part of a line there, and colour beside its place', () => {
  expect(lookAt((x, y) => (y === 0 || x === 94 ? 16 : scene(x, y))).lost).toMatchObject({
    top: [0],
    right: [1],
  });
  // One line cut above, and the rest blown up: it lies right at the bottom.
  const { shifts } = lookAt((x, y) => scene(x, 1 + (y * 78) / 79));
  expect(shifts.top.shift).toBeCloseTo(-0.88, 1);
  expect(shifts.bottom.shift).toBeCloseTo(-0.12, 1);
  const { chroma } = lookAt(scene, (x, y) => scene(x, y - 1));
  expect(chroma.down.shift).toBeCloseTo(1, 1);
  expect(chroma.across.shift).toBeCloseTo(0, 1);
});

it('tells ends of the scale that were clipped, wherever they are', () => {
  const { y: same } = lookAt((x, y) => scene(x + 1, y)).ends;
  expect(Math.max(Math.abs(same?.high ?? 99), Math.abs(same?.low ?? 99))).toBeLessThan(2);
  const { y } = lookAt((x, y) => Math.min(200, Math.max(40, scene(x, y)))).ends;
  expect(y?.high).toBeGreaterThan(4);
  expect(y?.low).toBeGreaterThan(4);
});

it('looks at one picture a second of a long recording, at more of a short one, and at both fields', () => {
  expect([100, 400, 360_000].map(fullLookEvery)).toEqual([3, 11, 51]);
});

it('takes noise that a coder softened for no gain, and a gain for one', () => {
  const random = seededNumbers(4);
  const structure = Uint8Array.from({ length: 4000 }, (_, at) => 40 + ((at * 7) % 160));
  const fitOf = (copy: (value: number, noise: number) => number) => {
    const [fit, noise] = [createLevelFit(), structure.map(() => 20 * random())];
    fit.add(
      structure.map((value, at) => value + (noise[at] ?? 0)),
      structure.map((value, at) => copy(value, noise[at] ?? 0)),
    );
    return fit.fit();
  };
  expect(fitOf((value) => value + 10).gain).toBe(1);
  const steeper = fitOf((value, noise) => 1.1 * (value + noise));
  expect(steeper).toMatchObject({ isTold: true });
  expect(steeper.gain).toBeCloseTo(1.1, 2);
});
