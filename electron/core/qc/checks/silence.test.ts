import { expect, it } from 'vitest';
import { soundLevels } from '#core/qc/sound/levels.ts';
import { between, hiss, mix, speech } from '#core/qc/sound/programme.fixture.ts';
import { shortLevel } from '#core/qc/sound/short-level.ts';
import { measureSound } from '#core/qc/sound/sound-of.fixture.ts';
import { findingsOf } from './check-on.fixture.ts';
import { silence } from './silence.ts';

const seconds = 12;
const programme = mix(speech(-20, seconds), hiss(-62, seconds, 2));
const measured = (...channels: Float32Array[]) => measureSound(channels, {}, [soundLevels, shortLevel]);

it('finds digital silence to the frame, in its channel only', () => {
  const series = measured(
    programme,
    between(programme, 4, 7, () => 0),
  );
  expect(findingsOf(silence, series)).toMatchObject([
    { startFrame: 100, endFrame: 174, channels: [2], severity: 'info' },
  ]);
});

it('finds a stretch of nothing but hiss that is louder than the fixed limit, where it lasts', () => {
  const noise = hiss(-56, seconds, 3);
  const voice = speech(-18, seconds);
  const quiet = (fromS: number, toS: number) =>
    mix(
      between(voice, fromS, toS, () => 0),
      noise,
    );
  const [finding, ...others] = findingsOf(silence, measured(quiet(3, 8)));
  expect(others).toEqual([]);
  expect(finding?.startFrame).toBeGreaterThanOrEqual(60);
  expect(finding?.startFrame).toBeLessThanOrEqual(76);
  expect(finding?.endFrame).toBeGreaterThanOrEqual(198);
  // Speakers pause.
  expect(findingsOf(silence, measured(quiet(4, 5.4)))).toEqual([]);
});

it('finds a digital silence to the frame between pauses that end in hiss', () => {
  const voice = between(
    between(speech(-18, seconds), 3, 4, () => 0),
    6.4,
    7,
    () => 0,
  );
  const sound = between(mix(voice, hiss(-56, seconds, 3)), 4, 6.4, () => 0);
  expect(findingsOf(silence, measured(sound))).toMatchObject([{ startFrame: 100, endFrame: 159 }]);
});

it('does not say again what was told as a dead channel', () => {
  const series = measured(programme, hiss(-80, seconds));
  const run = { startFrame: 0, endFrame: series.frames - 1 };
  const dead = { ...run, severity: 'fail' as const, confidence: 1, channels: [2], evidence: {}, message: '' };
  expect(findingsOf(silence, series)).toHaveLength(1);
  expect(findingsOf(silence, series, new Map([['dead-channel', [dead]]]))).toEqual([]);
});

it('finds three seconds of hiss, and takes beats over hiss for no silence', () => {
  const noise = hiss(-56, seconds, 3);
  const pause = mix(
    between(speech(-18, seconds), 5, 8, () => 0),
    noise,
  );
  expect(findingsOf(silence, measured(pause))).toHaveLength(1);
  // Shorter than the two frames of a click, and four in a second.
  const beats = noise.map(
    (sample, index) => sample + (index % 12_000 < 1900 ? 0.2 * Math.sin(index / 3) : 0),
  );
  expect(findingsOf(silence, measured(beats))).toEqual([]);
});
