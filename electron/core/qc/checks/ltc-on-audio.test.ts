import { expect, it } from 'vitest';
import {
  between,
  hiss,
  longitudinalTimeCode,
  mix,
  music,
  type Sound,
  speech,
  tone,
} from '#core/qc/sound/programme.fixture.ts';
import { measureSound } from '#core/qc/sound/sound-of.fixture.ts';
import { timeCode } from '#core/qc/sound/time-code.ts';
import { findingsOf } from './check-on.fixture.ts';
import { ltcOnAudio } from './ltc-on-audio.ts';

const seconds = 8;
const find = (sound: Sound, choice: Parameters<typeof measureSound>[1] = {}) =>
  findingsOf(ltcOnAudio, measureSound([sound], choice, [timeCode]));

it.each([24, 25, 30])('reads time code of %i frames a second, loud and faint', (framesPerSecond) => {
  for (const levelDbfs of [-6, -45]) {
    const code = mix(longitudinalTimeCode(levelDbfs, seconds, framesPerSecond), hiss(-66, seconds));
    const found = find(code);
    expect(found).toMatchObject([{ channels: [1], severity: 'warn' }]);
    expect(found[0]?.endFrame).toBeGreaterThanOrEqual(197);
    expect(found[0]?.startFrame).toBeLessThan(3);
  }
});

it('reads it at 44.1 kHz, at 29.97 pictures a second, from a deck that is 3 % fast', () => {
  const code = longitudinalTimeCode(-12, seconds, 30.87, 44_100);
  const found = find(code, { sampleRateHz: 44_100, frameRate: { num: 30_000, den: 1001 } });
  expect(found).toMatchObject([{ channels: [1] }]);
});

it('finds it to the frame where it begins and ends', () => {
  const code = between(longitudinalTimeCode(-12, seconds, 25), 4, 8, () => 0);
  const [finding] = find(mix(code, hiss(-60, seconds)));
  expect(Math.abs((finding?.endFrame ?? 0) - 99)).toBeLessThan(3);
});

it('finds what leaks in under speech, by its pauses', () => {
  const found = find(
    mix(speech(-20, seconds, 3), longitudinalTimeCode(-42, seconds, 25), hiss(-62, seconds)),
  );
  expect(found).toMatchObject([{ channels: [1] }]);
  expect(found[0]?.message).toMatch(/leaks/);
});

it('knows it by its shape under music that is louder and never pauses', () => {
  const found = find(
    mix(music(-22, seconds, 3), hiss(-44, seconds, 4), longitudinalTimeCode(-31, seconds, 25)),
  );
  expect(found).toMatchObject([{ channels: [1] }]);
});

it('reads none in speech, music, noise, and tones at the rates of its bits', () => {
  const sounds = [
    speech(-20, seconds),
    music(-18, seconds),
    hiss(-20, seconds),
    tone(1000, -18, seconds),
    tone(2000, -18, seconds),
  ];
  for (const sound of sounds) expect(find(sound)).toEqual([]);
});
