import { describe, expect, it } from 'vitest';
import { hiss, mix, music, speech } from './programme.fixture.ts';
import { soundInstruments } from './registry.ts';
import { measureSound } from './sound-of.fixture.ts';

describe.each(soundInstruments)('$name', (kind) => {
  it('has at most twenty-two columns a channel with the pair, of ids that no other has, with units', () => {
    const ids = soundInstruments.flatMap((one) => one.measures(4).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, medium } of kind.measures(2)) {
      expect(id).toMatch(/^[a-z][A-Za-z0-9]*\.[12]$/);
      expect(medium).toBe('audio');
    }
    expect(soundInstruments.flatMap((one) => one.measures(2)).length).toBeLessThanOrEqual(44);
  });

  it('says the same of a channel whatever else there is, and of sound in one piece or many tapes', () => {
    const [first, second] = [mix(speech(-20, 3), hiss(-60, 3)), music(-18, 3)];
    const [alone, together] = [
      measureSound([first], {}, [kind]),
      measureSound([first, second, first], {}, [kind]),
    ];
    for (const { id } of kind.measures(1)) {
      // Windows of several channels are looked at in turn, up to 0.32 s apart; what is not windowed is the same.
      const isInTurn = kind.name === 'mains hum' || kind.name === 'steady tone';
      if (!isInTurn) expect(together.column(id)).toEqual(alone.column(id));
    }
  });

  it('survives empty pieces, digital silence and full-scale noise without a value that is no number of its kind', () => {
    const format = { channels: 2, sampleRateHz: 48_000, frameRate: { num: 25, den: 1 } };
    const count = kind.measures(2).length;
    const instrument = kind.open(format);
    const into = new Float32Array(count + 2).fill(7);
    for (const length of [0, 1, 7, 1920, 1921]) {
      for (const sample of [0, 1, -1]) {
        const piece = [new Float32Array(length).fill(sample), new Float32Array(length).fill(-sample)];
        instrument.measure(piece, into, 1);
        expect(into.subarray(1, 1 + count)).not.toContain(7);
      }
    }
    // Its own places only.
    expect([into[0], into[count + 1]]).toEqual([7, 7]);
  });
});
