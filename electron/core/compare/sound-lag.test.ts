import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededNumbers } from './alignment/played-tape.fixture.ts';
import { soundLag } from './sound-lag.ts';
import { windowRateHz } from './sound-window.ts';

const marginS = 0.25;
const margin = marginS * windowRateHz;
const length = windowRateHz;

/** Sound whose loudness and treble change, as speech does. */
function speech(samples: number, seed: number): Float32Array {
  const random = seededNumbers(seed);
  let [loud, last] = [0.1, 0];
  return Float32Array.from({ length: samples }, () => {
    if (random() < 0.002) loud = random() * 0.4;
    last = 0.7 * last + loud * (random() - 0.5);
    return last;
  });
}

it('finds how late a sound comes, to a part of a sample, at another level and with noise', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.nat(1000),
        late: fc.integer({ min: -margin + 2, max: margin - 2 }),
        gain: fc.double({ min: 0.2, max: 2, noNaN: true }),
      }),
      ({ seed, late, gain }) => {
        const sound = speech(length + 4 * margin, seed);
        const random = seededNumbers(seed + 1);
        const window = sound.subarray(2 * margin, 2 * margin + length);
        const within = sound
          .subarray(margin - late, margin - late + length + 2 * margin)
          .map((sample) => gain * sample + 0.002 * (random() - 0.5));
        const found = soundLag(window, within, marginS);
        expect(found?.lagMs).toBeCloseTo((1000 * late) / windowRateHz, 1);
        expect(found?.likeness).toBeGreaterThan(0.2);
      },
    ),
    { numRuns: 20 },
  );
});

it('finds it all the same where the copy was turned over', () => {
  const sound = speech(length + 4 * margin, 7);
  const turned = sound.map((sample) => -sample);
  const found = soundLag(
    sound.subarray(2 * margin, 2 * margin + length),
    turned.subarray(margin - 480),
    marginS,
  );
  expect(found?.lagMs).toBeCloseTo(30, 1);
  expect(found?.likeness).toBeGreaterThan(0.9);
});

it('says nothing of a steady tone, which is the same a moment later, and of silence', () => {
  const tone = (samples: number) =>
    Float32Array.from({ length: samples }, (_, at) => Math.sin((2 * Math.PI * 1000 * at) / windowRateHz));
  expect(soundLag(tone(length), tone(length + 2 * margin), marginS)).toBeUndefined();
  expect(soundLag(new Float32Array(length), speech(length + 2 * margin, 3), marginS)).toBeUndefined();
});
