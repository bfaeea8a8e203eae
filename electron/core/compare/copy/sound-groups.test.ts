import { expect, it } from 'vitest';
import { soundGroups } from './sound-groups.ts';

const grouped = (a: number[], b: number[]) =>
  soundGroups(a, b).map(({ channels, ...sides }) => [
    channels,
    sides.a.map(({ track }) => track),
    sides.b.map(({ track }) => track),
  ]);

it.each([
  [
    'the same tracks',
    [2, 2],
    [2, 2],
    [
      [2, [0], [0]],
      [2, [1], [1]],
    ],
  ],
  [
    'mono tracks made stereo',
    [1, 1, 1, 1],
    [2, 2],
    [
      [2, [0, 1], [0]],
      [2, [2, 3], [1]],
    ],
  ],
  ['a stereo track cut in two', [2], [1, 1], [[2, [0], [0, 1]]]],
  [
    'a lone one among others',
    [1, 2, 1],
    [1, 2, 1],
    [
      [1, [0], [0]],
      [2, [1], [1]],
      [1, [2], [2]],
    ],
  ],
  ['all of them in one', [1, 1, 2], [4], [[4, [0, 1, 2], [0]]]],
  ['fewer in the copy', [1, 1, 1, 1], [2], [[2, [0, 1], [0]]]],
  ['more in the copy', [2], [2, 2], [[2, [0], [0]]]],
  ['a cut that does not fit', [4], [1, 2], [[3, [0], [0, 1]]]],
  ['none', [], [2], []],
])('pairs channels in their order: %s', (_, a, b, groups) => {
  expect(grouped(a, b)).toEqual(groups);
});
