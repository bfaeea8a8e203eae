import { expect, it } from 'vitest';
import { soundLevels } from '#core/qc/sound/levels.ts';
import { pairCorrelation } from '#core/qc/sound/pair-correlation.ts';
import { amplified, between, hiss, mix, type Sound, speech } from '#core/qc/sound/programme.fixture.ts';
import { measureSound } from '#core/qc/sound/sound-of.fixture.ts';
import { findingsOf } from './check-on.fixture.ts';
import { deadChannel } from './dead-channel.ts';

const seconds = 10;
const programme = mix(speech(-20, seconds), hiss(-60, seconds, 2));
const find = (...channels: Sound[]) =>
  findingsOf(deadChannel, measureSound(channels, {}, [soundLevels, pairCorrelation]));
const nothing = new Float32Array(programme.length);

it.each([
  ['digital silence', nothing],
  ['the noise of a converter', hiss(-85, seconds)],
  ['the hiss of a track without programme', hiss(-52, seconds)],
  ['what a neighbour leaves of itself', mix(amplified(programme, -55), hiss(-72, seconds))],
])('finds a channel with %s beside one with programme', (_, dead) => {
  expect(find(programme, dead)).toMatchObject([
    { startFrame: 0, endFrame: 249, channels: [2], severity: 'fail' },
  ]);
  expect(find(dead, programme)).toMatchObject([{ channels: [1] }]);
});

it('finds a long stretch in the second pair, and warns', () => {
  const found = find(
    programme,
    programme,
    between(programme, 2, 9, () => 0),
    programme,
  );
  expect(found).toMatchObject([{ channels: [3], severity: 'warn' }]);
  expect(found[0]?.startFrame).toBeGreaterThanOrEqual(48);
  expect(found[0]?.startFrame).toBeLessThanOrEqual(64);
});

it('finds four seconds of nothing on one side, which is shorter than any hiss could tell', () => {
  const found = find(
    programme,
    between(programme, 4, 8, () => 0),
  );
  expect(found).toMatchObject([{ channels: [2], severity: 'warn' }]);
  expect(Math.abs((found[0]?.startFrame ?? 0) - 100)).toBeLessThanOrEqual(14);
  expect(Math.abs((found[0]?.endFrame ?? 0) - 199)).toBeLessThanOrEqual(14);
});

it('lets be two silent channels, a quiet partner, and a side that waits for its turn', () => {
  expect(find(nothing, nothing)).toEqual([]);
  expect(find(programme, amplified(programme, -25))).toEqual([]);
  expect(
    find(
      between(programme, 0, 3, () => 0),
      between(programme, 6, 9, () => 0),
    ),
  ).toEqual([]);
});

it("finds four and a half seconds of a track's own hiss, which keeps one level, and lets a room be that does not", () => {
  const after = (quiet: Sound) =>
    find(
      programme,
      between(programme, 5.5, seconds, (_, index) => quiet[index] as number),
    );
  expect(after(hiss(-52, seconds, 4))).toMatchObject([{ endFrame: 249, channels: [2], severity: 'warn' }]);
  const room = hiss(-54, seconds, 4).map((sample, index) => sample * (1 + 0.5 * Math.sin(index / 9000)));
  expect(after(room)).toEqual([]);
});
