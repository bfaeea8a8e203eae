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
  tone,
} from '#core/qc/sound/programme.fixture.ts';
import { measureSound } from '#core/qc/sound/sound-of.fixture.ts';
import { findingsOf } from './check-on.fixture.ts';
import { dualMono } from './dual-mono.ts';

const seconds = 10;
const tape = mix(speech(-20, seconds), hiss(-60, seconds, 2));
const find = (...channels: Sound[]) =>
  findingsOf(dualMono, measureSound(channels, {}, [soundLevels, pairCorrelation]));

it('finds one track on both channels: bit for bit, through two converters, and at another level', () => {
  const whole = [{ startFrame: 0, endFrame: 249, channels: [1, 2], severity: 'info' }];
  expect(find(tape, tape)).toMatchObject(whole);
  expect(find(tape, mix(tape, hiss(-82, seconds, 5)))).toMatchObject(whole);
  expect(find(tape, amplified(tape, -1))).toMatchObject(whole);
});

it('finds a stretch of it', () => {
  const [finding, ...others] = find(
    tape,
    between(music(-20, seconds), 2, 8, (_, index) => tape[index] as number),
  );
  expect(others).toEqual([]);
  expect(Math.abs((finding?.startFrame ?? 0) - 50)).toBeLessThan(16);
  expect(Math.abs((finding?.endFrame ?? 0) - 199)).toBeLessThan(16);
});

it('finds a mono work on two tracks, each with a hiss of its own, with pauses and without', () => {
  for (const work of [speech(-20, seconds), music(-14, seconds)]) {
    for (const hissDbfs of [-60, -50]) {
      const [finding, ...others] = find(
        mix(work, hiss(hissDbfs, seconds, 3)),
        mix(work, hiss(hissDbfs, seconds, 4)),
      );
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ startFrame: 0, endFrame: 249, severity: 'info' });
      expect(finding?.message).toMatch(/each with a hiss of its own/);
    }
  }
});

it('finds it where one track is a little lower, or hisses more, and leaves a clear difference to channel-imbalance', () => {
  // Words with long pauses, in which only the tracks' own hiss is left.
  const word = (at: number) => (at % 4 < 2.4 ? 1 : 0);
  const work = speech(-18, seconds, 4).map((sample, index) => sample * word(index / 48_000));
  const on = (lowerDb: number, hissDbfs: number) =>
    find(mix(work, hiss(-60, seconds, 3)), mix(amplified(work, -lowerDb), hiss(hissDbfs, seconds, 4)));
  for (const [lowerDb, hissDbfs] of [
    [0.5, -60],
    [2, -60],
    [0, -52],
    [1, -66],
  ] as const) {
    expect(on(lowerDb, hissDbfs)).toMatchObject([{ startFrame: 0, endFrame: 249, severity: 'info' }]);
  }
  expect(on(4, -60)).toEqual([]);
});

it('lets be stereo whose sides are soft: they rise and fall with the middle', () => {
  const [middle, sides] = [speech(-20, seconds), amplified(music(-20, seconds, 5), -28)];
  const left = mix(middle, sides, hiss(-62, seconds, 3));
  expect(find(left, mix(middle, amplified(sides, -12), hiss(-62, seconds, 4)))).toEqual([]);
});

it('lets be drums that stand a little to one side, as steady as they are over a second', () => {
  const middle = music(-16, seconds, 4);
  const strokes = hiss(-40, seconds, 8).map((sample, index) => sample * Math.exp(-((index % 12_000) / 1500)));
  const left = mix(middle, amplified(strokes, 6), hiss(-62, seconds, 3));
  expect(find(left, mix(middle, strokes, hiss(-62, seconds, 4)))).toEqual([]);
});

it('leaves an inverted copy to phase inversion, and silence alone', () => {
  expect(
    find(
      tape,
      tape.map((sample) => -sample),
    ),
  ).toEqual([]);
  expect(find(new Float32Array(tape.length), new Float32Array(tape.length))).toEqual([]);
});

it('leaves a line-up tone alone, which is the same on both by intent', () => {
  const channels = [3, 4].map((seed) => mix(tone(400, -15, seconds), hiss(-82, seconds, seed)));
  const series = measureSound(channels, {}, [soundLevels, pairCorrelation]);
  expect(findingsOf(dualMono, series)).toHaveLength(1);
  const named = {
    startFrame: 0,
    endFrame: 249,
    severity: 'info',
    confidence: 1,
    evidence: {},
    message: '',
  } as const;
  const earlier = new Map([['reference-tone', [{ ...named, channels: [1] }]]]);
  expect(findingsOf(dualMono, series, earlier)).toEqual([]);
});
