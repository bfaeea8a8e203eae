import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dvFrameErrors } from './dv-blocks.ts';
import { dvFrame } from './dv-frame.fixture.ts';

const perParity = (sequences: number) => (sequences / 2) * 135;

describe.each([10, 12, 24])('a frame of %i sequences', (sequences) => {
  const blocks = perParity(sequences);

  it('has 135 video blocks a sequence, and no error where none is marked', () => {
    expect(dvFrameErrors(dvFrame(sequences))).toEqual({
      even: { blocks, bad: 0 },
      odd: { blocks, bad: 0 },
      badAudioBlocks: 0,
    });
  });

  it('tells the heads apart', () => {
    const clogged = dvFrame(sequences, (sequence) => (sequence % 2 === 1 ? 10 : 0));
    expect(dvFrameErrors(clogged)).toMatchObject({ even: { bad: 0 }, odd: { bad: blocks } });
  });
});

it('counts the codes of IEC 61834 that say concealed or in error, and no reserved one', () => {
  const badOf = (code: number) => {
    const { even } = dvFrameErrors(dvFrame(10, (sequence, block) => (sequence + block === 0 ? code : 0)));
    return even.bad;
  };
  expect(Array.from({ length: 16 }, (_, code) => code).filter((code) => badOf(code) > 0)).toEqual([
    2, 4, 6, 7, 10, 11, 12, 13, 14, 15,
  ]);
});

it('counts a block of sound whose samples all stand for an error, with 16 and with 12 bits', () => {
  const frame = dvFrame(10);
  const sound = 6 * 80;
  const fill = (at: number, pattern: readonly number[]) => {
    for (let byte = 0; byte < 72; byte++) frame[at + 8 + byte] = pattern[byte % pattern.length] ?? 0;
  };
  fill(sound, [0x80, 0]);
  fill(sound + 16 * 80, [0x80, 0x80, 0]);
  fill(sound + 32 * 80, [0x80, 0]);
  frame[sound + 32 * 80 + 50] = 0x81;
  expect(dvFrameErrors(frame).badAudioBlocks).toBe(2);
});

it('takes any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30_000 }), (bytes) => {
      const { even, odd } = dvFrameErrors(bytes);
      expect(even.bad + odd.bad).toBeLessThanOrEqual(even.blocks + odd.blocks);
    }),
    { numRuns: 20 },
  );
});
