import { describe, expect, it } from 'vitest';
import { createRowAssembler } from './row-assembler.ts';

/** Rows as they were given out: picture, sound, sound behind the end. */
function assemble(has = { picture: true, sound: true }) {
  const given: number[][] = [];
  const rows = createRowAssembler(3, has, (row) => given.push([...row]));
  return {
    given,
    rows,
    picture(frame: number) {
      rows.picture(frame)[0] = frame;
    },
    sound(frame: number) {
      const row = rows.sound(frame);
      if (row) row[1] = frame;
    },
  };
}

const none = Number.NaN;

describe('rows of picture and sound', () => {
  it('says on the last row how much sound comes behind it, whichever ends first', () => {
    for (const isSoundLast of [true, false]) {
      const { given, rows, picture, sound } = assemble();
      for (let frame = 0; frame < 2; frame++) picture(frame);
      if (isSoundLast) rows.pictureEnded();
      for (let frame = 0; frame < 5; frame++) sound(frame);
      rows.soundEnded();
      if (!isSoundLast) rows.pictureEnded();
      expect(given).toEqual([
        [0, 0, none],
        [1, 1, 3],
      ]);
    }
  });

  it('lets pictures go on where the sound has ended, and holds back only the last', () => {
    const { given, rows, picture, sound } = assemble();
    picture(0);
    sound(0);
    rows.soundEnded();
    picture(1);
    picture(2);
    expect(given).toEqual([
      [0, 0, none],
      [1, none, none],
    ]);
    rows.pictureEnded();
    expect(given[2]).toEqual([2, none, 0]);
  });

  it('counts sound alone, and says nothing of its end', () => {
    const { given, rows, sound } = assemble({ picture: false, sound: true });
    sound(0);
    sound(1);
    rows.soundEnded();
    rows.pictureEnded();
    expect(given).toEqual([
      [none, 0, none],
      [none, 1, none],
    ]);
  });
});
