import { expect, it } from 'vitest';
import { soundLevels } from '#core/qc/sound/levels.ts';
import { pairCorrelation } from '#core/qc/sound/pair-correlation.ts';
import {
  amplified,
  between,
  hiss,
  mix,
  music,
  type Sound,
  speech,
} from '#core/qc/sound/programme.fixture.ts';
import { measureSound } from '#core/qc/sound/sound-of.fixture.ts';
import { findingsOf } from './check-on.fixture.ts';
import { phaseInversion } from './phase-inversion.ts';

const seconds = 10;
const voice = speech(-20, seconds);
const noises = [hiss(-60, seconds, 2), hiss(-60, seconds, 3)] as const;
const rooms = [music(-30, seconds, 4), music(-30, seconds, 5)] as const;
const find = (left: Sound, right: Sound) =>
  findingsOf(
    phaseInversion,
    measureSound([mix(left, noises[0]), mix(right, noises[1])], {}, [soundLevels, pairCorrelation]),
  );
const inverted = (sound: Sound) => sound.map((sample) => -sample);

it('finds an inverted channel on the whole tape, through pauses, at any balance', () => {
  expect(find(voice, inverted(voice))).toMatchObject([{ startFrame: 0, endFrame: 249, channels: [1, 2] }]);
  expect(find(voice, amplified(inverted(voice), -9))).toMatchObject([{ startFrame: 0, endFrame: 249 }]);
});

it('finds it under stereo that is not inverted', () => {
  expect(find(mix(voice, rooms[0]), inverted(mix(voice, rooms[1])))).toMatchObject([{ channels: [1, 2] }]);
});

it('finds a stretch, to a few frames', () => {
  const [finding, ...others] = find(
    voice,
    between(voice, 3, 6, (sample) => -sample),
  );
  expect(others).toEqual([]);
  expect(Math.abs((finding?.startFrame ?? 0) - 75)).toBeLessThan(13);
  expect(Math.abs((finding?.endFrame ?? 0) - 149)).toBeLessThan(13);
});

it('lets be mono, two works side by side, and stereo that was widened', () => {
  const [left, right] = [music(-20, seconds, 6), music(-20, seconds, 7)];
  const widened = (one: Sound, other: Sound) =>
    mix(
      one,
      other.map((sample) => -0.3 * sample),
    );
  expect(find(voice, voice)).toEqual([]);
  expect(find(left, right)).toEqual([]);
  expect(find(widened(left, right), widened(right, left))).toEqual([]);
});

it('lets be tones that drift out of phase and back, as no channel is turned over', () => {
  const wave = (hertz: number, phase: number) =>
    Float32Array.from(
      { length: seconds * 48_000 },
      (_, index) => 0.1 * Math.sin((2 * Math.PI * hertz * index) / 48_000 + phase),
    );
  const chord = (by: number, phase: number) =>
    mix(...[110, 165, 220].map((hertz) => wave(hertz + by, phase)));
  expect(find(chord(0, 0), chord(0.12, 2))).toEqual([]);
  expect(
    find(
      chord(0, 0),
      between(chord(0, 0), 0, 3, (sample) => -sample),
    ),
  ).toHaveLength(1);
});
