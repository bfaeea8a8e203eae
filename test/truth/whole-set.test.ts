import { expect, it } from 'vitest';
import { faultKinds } from './faults/registry.ts';
import { strengthsThatFit } from './strengths.ts';
import { variants, wholeSet } from './whole-set.ts';

const names = wholeSet({ folder: 'x', ffmpegPath: 'none', seed: 1, pictureSeconds: 6 }).map(
  ({ folder, name }) => `${folder.slice(2)}/${name}`,
);

it('has every fault in both systems and depths by both generators, and no tape twice', () => {
  expect(new Set(names).size).toBe(names.length);
  for (const { system, bits } of variants) {
    const ending = `-${system.toLowerCase()}-${bits}`;
    for (const check of new Set(faultKinds.map(({ check }) => check))) {
      const of = (generator: string) =>
        names.filter((name) => name.startsWith(`${generator}/${check}-`) && name.endsWith(ending));
      const count = check === 'eight-in-ten' && bits === 8 ? 0 : 1;
      expect([of('first').length, of('second').length], check + ending).toEqual([count, count]);
    }
  }
});

it('has the works that only look broken, and tapes in order, in each of them', () => {
  const works = ['still-room', 'strobe', 'noise-work', 'black-with-sound', 'monochrome', 'mono-by-design'];
  for (const { system, bits } of variants) {
    const ending = `-${system.toLowerCase()}-${bits}`;
    for (const work of works) expect(names).toContain(`first/hard-${work}${ending}`);
    expect(names.filter((name) => name.startsWith('first/clean-') && name.endsWith(ending))).toHaveLength(2);
  }
});

it('lets faults fill half of a tape, but for one that is longer by itself', () => {
  const lengthOf = (strength: number) => 20 * strength;
  expect(strengthsThatFit(150, [3, 1, 2], lengthOf)).toEqual([3]);
  expect(strengthsThatFit(150, [1, 2, 3], lengthOf)).toEqual([1, 2]);
  expect(strengthsThatFit(80, [3, 1, 2], lengthOf)).toEqual([3]);
});
