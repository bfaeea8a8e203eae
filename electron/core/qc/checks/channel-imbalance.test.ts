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
import { channelImbalance } from './channel-imbalance.ts';
import { findingsOf } from './check-on.fixture.ts';

const seconds = 12;
const voice = speech(-20, seconds);
const noises = [hiss(-60, seconds, 2), hiss(-60, seconds, 3)] as const;
const find = (left: Sound, right: Sound) =>
  findingsOf(
    channelImbalance,
    measureSound([mix(left, noises[0]), mix(right, noises[1])], {}, [soundLevels, pairCorrelation]),
  );

it.each([4, 8, 20])('finds the same programme %i dB lower on one side, and says by how much', (decibels) => {
  const [finding, ...others] = find(voice, amplified(voice, -decibels));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ startFrame: 0, endFrame: 299, channels: [2] });
  expect(finding?.evidence['differenceDb']).toBeCloseTo(decibels, 0);
  expect(find(amplified(voice, -decibels), voice)).toMatchObject([{ channels: [1] }]);
});

it('finds it where two microphones stood apart, and the waves have nothing in common', () => {
  // 40 samples are 29 cm.
  const late = voice.map((_, index) => voice[index - 40] ?? 0);
  expect(find(voice, amplified(late, -12))).toMatchObject([{ startFrame: 0, endFrame: 299, channels: [2] }]);
});

it('notes a small difference of two microphones that stood apart, and none where one of them heard something of its own', () => {
  const late = amplified(
    voice.map((_, index) => voice[index - 40] ?? 0),
    -4.5,
  );
  expect(find(voice, late)).toMatchObject([
    { startFrame: 0, endFrame: 299, channels: [2], severity: 'info', confidence: 0.6 },
  ]);
  // One track of the same is a setting: nobody's place makes it.
  expect(find(voice, amplified(voice, -4.5))).toMatchObject([{ channels: [2], severity: 'warn' }]);
  expect(find(voice, mix(late, speech(-32, seconds, 9)))).toEqual([]);
});

it('finds where it begins and ends', () => {
  const [finding, ...others] = find(
    voice,
    between(voice, 3, 9, (sample) => sample / 4),
  );
  expect(others).toEqual([]);
  expect(Math.abs((finding?.startFrame ?? 0) - 75)).toBeLessThan(20);
  expect(Math.abs((finding?.endFrame ?? 0) - 224)).toBeLessThan(20);
});

it('lets be equal levels, other content on each side, and voices that are panned for a while', () => {
  const notes = music(-20, seconds);
  expect(find(voice, amplified(voice, -1.5))).toEqual([]);
  expect(find(voice, amplified(notes, -12))).toEqual([]);
  const panned = voice.map((sample, index) => sample * (0.6 + 0.4 * Math.sin(index / 30_000)));
  expect(find(voice, panned)).toEqual([]);
});

it('notes a side that is far lower all along, with sound of its own, and lets it be where it takes turns', () => {
  const long = 14;
  const left = mix(speech(-20, long, 3), hiss(-50, long, 1));
  const right = mix(hiss(-34, long, 8), hiss(-60, long, 2));
  const room = mix(hiss(-24, long, 7), hiss(-60, long, 1));
  expect(find(room, right)).toMatchObject([
    { severity: 'info', channels: [2], message: expect.stringMatching(/with other sound, all along/) },
  ]);
  expect(find(left, mix(speech(-28, long, 9), hiss(-40, long, 2)))).toEqual([]);
});

it('finds a side that falls so far that its programme lies where its pauses did', () => {
  const street = hiss(-38, seconds, 5);
  const [left, right] = [6, 7].map((seed) => mix(voice, street, hiss(-46, seconds, seed))) as [Sound, Sound];
  const [finding, ...others] = find(
    left,
    between(right, 3, seconds, (sample) => sample * 0.2),
  );
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ endFrame: 299, channels: [2], severity: 'warn' });
  expect(Math.abs((finding?.startFrame ?? 0) - 75)).toBeLessThan(20);
});

it('finds four seconds of one source that is far lower on one side', () => {
  expect(
    find(
      voice,
      between(voice, 4, 8, (sample) => sample / 4),
    ),
  ).toHaveLength(1);
});

it('notes stereo that leans to one side by the same all along, and lets be one that leans now more, now less', () => {
  // Somebody walks about in front of applause: both sides share half of it.
  const swell = (index: number) => 1 + 0.25 * Math.sin(index / 40_000);
  const crowd = [4, 5].map((seed) =>
    mix(hiss(-30, seconds, 9), hiss(-30, seconds, seed)).map((sample, index) => sample * swell(index)),
  ) as [Sound, Sound];
  expect(find(crowd[0], amplified(crowd[1], -4.5))).toMatchObject([
    { startFrame: 0, endFrame: 299, channels: [2], severity: 'info' },
  ]);
  const wandering = crowd[1].map((sample, index) => sample * 10 ** ((-4.5 + Math.sin(index / 70_000)) / 20));
  expect(find(crowd[0], wandering)).toEqual([]);
});
