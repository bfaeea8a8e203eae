import { describe, expect, test } from 'vitest';
import { afterEnter, afterErasing, afterTyping, nothingTyped, type Typed, typedWaitMs } from './typed.ts';

const modes = ['beside', 'wipe', 'stacked'] as const;
type Mode = (typeof modes)[number];

/** Types characters, each with the milliseconds since the one before; Enter is a line break. */
function type(keys: readonly (readonly [string, number])[], start: Mode = 'stacked') {
  let state = { typed: nothingTyped<Mode>(), mode: start };
  let atMs = 10_000;
  for (const [character, afterMs] of keys) {
    atMs += afterMs;
    state =
      character === '\n'
        ? afterEnter(state.typed, state.mode)
        : afterTyping(state.typed, state.mode, { character, atMs, modes });
  }
  return { text: state.typed.text, mode: state.mode };
}

describe('figures', () => {
  test.each([
    ['a lone figure chooses its mode and begins a number', [['2', 0]], '2', 'wipe'],
    [
      'the mode before comes back as the number goes on',
      [
        ['2', 0],
        ['1', 300],
      ],
      '21',
      'stacked',
    ],
    [
      'the same when it goes on as a time',
      [
        ['2', 0],
        [':', 300],
      ],
      '2:',
      'stacked',
    ],
    [
      'the same when Enter follows',
      [
        ['2', 0],
        ['\n', 300],
      ],
      '',
      'stacked',
    ],
    ['a figure without a mode only begins a number', [['7', 0]], '7', 'stacked'],
    ['nought is no mode', [['0', 0]], '0', 'stacked'],
    [
      'two choices one after another',
      [
        ['1', 0],
        ['2', 1_201],
      ],
      '2',
      'wipe',
    ],
    [
      'the later one alone is taken back',
      [
        ['1', 0],
        ['2', 1_201],
        ['5', 300],
      ],
      '25',
      'beside',
    ],
    [
      'a number loses nothing, however slowly it is typed',
      [
        ['2', 0],
        ['5', 300],
        ['0', 60_000],
      ],
      '250',
      'stacked',
    ],
    [
      'so does one whose first figure chose no mode',
      [
        ['0', 0],
        ['2', 60_000],
      ],
      '02',
      'stacked',
    ],
    [
      'and a time',
      [
        ['1', 0],
        ['2', 900],
        [':', 9_000],
        ['0', 9_000],
      ],
      '12:0',
      'stacked',
    ],
  ] as const)('%s', (_what, keys, text, mode) => expect(type(keys)).toEqual({ text, mode }));

  test('are as many as a timecode has', () => {
    const keys = [...'10:00:06:16777'].map((character) => [character, 50] as const);
    expect(type(keys).text).toBe('10:00:06:16');
  });

  test('are taken back one by one, and change no mode then', () => {
    const { typed, mode } = afterTyping(nothingTyped<Mode>(), 'stacked', { character: '1', atMs: 5, modes });
    const erased = afterErasing(typed, 9);
    expect([erased.text, afterEnter(erased, mode).mode]).toEqual(['', 'beside']);
  });

  test.each([
    ['nothing', '', null, 0, undefined],
    ['a lone figure that chose a mode', '2', 'wipe', 10, 1_200],
    ['a lone figure that chose none', '0', null, 10, undefined],
    ['a number under way', '23', null, 10, undefined],
    ['one that Enter ended where there is no such place', '5000', null, 0, undefined],
  ] as const)('wait: %s', (_what, text, modeBefore, atMs, waitMs) => {
    expect(typedWaitMs({ text, modeBefore, atMs })).toBe(waitMs);
  });

  test('after a number that Enter ended begin anew, and take up one that was corrected', () => {
    const ended: Typed<Mode> = { text: '5000', modeBefore: null, atMs: 0 };
    const event = { character: '4', atMs: 20_000, modes };
    expect(afterTyping<Mode>(ended, 'wipe', event).typed.text).toBe('4');
    expect(afterTyping<Mode>(afterErasing(ended, 19_500), 'wipe', event).typed.text).toBe('5004');
  });
});
