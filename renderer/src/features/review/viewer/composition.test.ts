import { describe, expect, test } from 'vitest';
import { passIdSchema } from '#shared/domain/ids.ts';
import { barsPicture } from '#shared/domain/reference-bars.ts';
import { viewModes } from '../comparison.ts';
import { compose, type Look, pointOfB, pointUnder } from './composition.ts';
import type { ShownPair } from './presenter.ts';

const pass = {
  id: passIdSchema.parse('0190a0b0-0000-7000-8000-000000000001'),
  passNumber: 1,
  frames: 10,
  video: { width: 720, height: 486, frameRate: { num: 30000, den: 1001 }, fieldOrder: 'bff' as const },
  accessFileId: null,
};
const picture = { ...barsPicture('100/0/75/0', { width: 720, height: 486 }), interlacedChroma: false };
const side = { address: { kind: 'frame', pass, role: 'master', frame: 3 } as const, picture };
const pair: ShownPair = { cursorFrame: 3, a: side, b: { ...side, picture: { ...picture } } };
const look: Look = {
  ...{ mode: 'beside', isSwapped: false, onlyLuma: false, field: 'frame', wipe: 0.25, isBlinkOnB: false },
  view: { zoom: 'fit', centre: { x: 0.5, y: 0.5 } },
  ...{ width: 1284, height: 486, scale: 1, shape: 10 / 11 },
  partInB: { x: 0, y: 0, width: 1, height: 1 },
};

/** How a composition looks: its kinds with A or B first, and the columns of each part. */
const drawn = (pair_: ShownPair, changes: Partial<Look>) =>
  compose(pair_, { ...look, ...changes }).drawing.parts.map(({ kind, clip, a, b }) =>
    [kind, a.picture === picture ? 'A' : 'B', b ? 'B' : '', clip.x, clip.width].join(' '),
  );

describe('a composition', () => {
  test.each([
    ['beside', {}, ['one A  0 640', 'one B  644 640']],
    ['beside', { isSwapped: true }, ['one A  644 640', 'one B  0 640']],
    // The picture is 655 wide in an area of 1284: from 314 on.
    ['wipe', {}, ['one A  0 478', 'one B  478 806']],
    ['wipe', { isSwapped: true }, ['one B  0 478', 'one A  478 806']],
    ['stacked', {}, ['one A  0 1284', 'one B  0 1284']],
    ['blink', {}, ['one A  0 1284']],
    ['blink', { isBlinkOnB: true }, ['one B  0 1284']],
    ['difference', {}, ['difference A B 0 1284']],
    ['amplified', {}, ['difference A B 0 1284']],
    ['signed', {}, ['signed A B 0 1284']],
    ['checkerboard', {}, ['checkerboard A B 0 1284']],
    ['alone', {}, ['one A  0 1284']],
  ] as const)('%s %j', (mode, changes, expected) =>
    expect(drawn(pair, { mode, ...changes })).toEqual(expected),
  );

  test.each(viewModes)('%s lays nothing on A where B has no picture', (mode) => {
    for (const b of [null, 'missing', 'failed'] as const) {
      const parts = drawn({ ...pair, b }, { mode });
      expect(parts).toEqual([expect.stringMatching(/^one A/)]);
    }
  });

  test('amplifies in one mode alone', () => {
    expect(viewModes.filter((mode) => compose(pair, { ...look, mode }).drawing.gain !== 1)).toEqual([
      'amplified',
    ]);
  });

  test('draws the lines of one field of an interlaced picture', () => {
    const [part] = compose(pair, { ...look, field: 'A' }).drawing.parts;
    expect(part?.a.parity).toBe(1);
  });

  test('finds the same point on both sides', () => {
    const made = compose(pair, look);
    const onA = pointUnder(made, look, { x: 100, y: 200 });
    const onB = pointUnder(made, look, { x: 744, y: 200 });
    expect(onA).toEqual(onB);
    expect(pointUnder(made, look, { x: 642, y: 200 })).toBeUndefined();
  });

  test('lays a copy that holds fewer lines where its lines were', () => {
    const partInB = { x: 0, y: 4 / 486, width: 1, height: 480 / 486 };
    const { a, b } = compose(pair, { ...look, mode: 'difference', partInB });
    expect([a?.box.y, b?.box.y, b?.box.height]).toEqual([0, 4, 480]);
    expect(pointOfB({ x: 0.5, y: 4 / 486 }, partInB).y).toBeCloseTo(0, 9);
  });
});
