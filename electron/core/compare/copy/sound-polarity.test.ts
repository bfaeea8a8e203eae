import { expect, it } from 'vitest';
import { seededNumbers } from '#core/compare/alignment/played-tape.fixture.ts';
import { windowRateHz } from '#core/compare/sound-window.ts';
import { createPolarity } from './sound-polarity.ts';

const length = 2 * windowRateHz;
const places = [0, 1, 2];

/** What is told of a sound and its copy, `late` samples later and times `gain`, heard at three places. */
function told(sample: (at: number) => number, gain: number, late = 0) {
  const polarity = createPolarity();
  for (const place of places) {
    const from = place * 3 * windowRateHz + 9000;
    const side = (moved: number, times: number) =>
      Float32Array.from({ length }, (_, at) => times * sample(from + at - moved));
    polarity.add(side(0, 1), side(late, gain));
  }
  return polarity.told();
}

function hissOf(seed: number): (at: number) => number {
  const random = seededNumbers(seed);
  const samples = Float32Array.from({ length: 12 * windowRateHz }, () => random() - 0.5);
  return (at) => samples[at] as number;
}
/** A voice: a pitch that glides, with overtones. */
const voice = (at: number) => {
  const phase = (2 * Math.PI * (140 * at + 0.0004 * at * at)) / windowRateHz;
  return Math.sin(phase) + 0.6 * Math.sin(2 * phase + 1) + 0.4 * Math.sin(3 * phase + 2);
};
const tone = (at: number) => Math.sin((2 * Math.PI * 1000 * at) / windowRateHz);

it.each([
  ['hiss', hissOf(1)],
  ['a voice', voice],
])('tells %s that was turned over, also a little late or early, and at another level', (_, sound) => {
  for (const late of [0, 7, -800]) {
    expect(told(sound, 0.7, late)).toBe(1);
    expect(told(sound, -0.7, late)).toBe(-1);
  }
});

it('tells a tone only where it lies in its place, since half a period later it is the same turned over', () => {
  expect(told(tone, 1)).toBe(1);
  expect(told(tone, -1)).toBe(-1);
  expect(told(tone, 1, 3)).toBeNull();
});

it('says nothing of another sound', () => {
  const [one, other] = [hissOf(2), hissOf(3)];
  const polarity = createPolarity();
  for (const from of [0, length]) {
    polarity.add(
      Float32Array.from({ length }, (_, at) => one(from + at)),
      Float32Array.from({ length }, (_, at) => other(from + at)),
    );
  }
  expect(polarity.told()).toBeNull();
  expect(createPolarity().told()).toBeNull();
});
