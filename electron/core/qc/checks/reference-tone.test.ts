import { expect, it } from 'vitest';
import { soundLevels } from '#core/qc/sound/levels.ts';
import { between, hiss, mix, music, type Sound, speech, tone } from '#core/qc/sound/programme.fixture.ts';
import { measureSound } from '#core/qc/sound/sound-of.fixture.ts';
import { steadyTone } from '#core/qc/sound/steady-tone.ts';
import { findingsOf } from './check-on.fixture.ts';
import { referenceTone } from './reference-tone.ts';

const seconds = 10;
const noise = hiss(-58, seconds, 2);
const find = (...channels: Sound[]) =>
  findingsOf(referenceTone, measureSound(channels, {}, [soundLevels, steadyTone]));

it.each([
  [1000, -18],
  [400, -9],
  [3150, -30],
])('finds a tone of %i Hz at %i dBFS before speech, to the frame, with its figures', (hertz, levelDbfs) => {
  const lead = tone(hertz, levelDbfs, seconds);
  const sound = between(speech(-20, seconds), 0, 4, (_, index) => lead[index] as number);
  const found = find(mix(sound, noise));
  expect(found).toMatchObject([{ startFrame: 0, endFrame: 99, severity: 'info', channels: [1] }]);
  expect(Number(found[0]?.evidence['toneHz'])).toBeCloseTo(hertz, -1);
  expect(Math.abs(Number(found[0]?.evidence['toneDbfs']) - levelDbfs)).toBeLessThan(0.3);
  // Line-up levels (EBU R 68, SMPTE RP 155) and the station's certificate mean the peak of the sine.
  expect(Math.abs(Number(found[0]?.evidence['tonePeakDbfs']) - levelDbfs - 3)).toBeLessThan(0.3);
});

it('finds one in the middle, between programme of the same level', () => {
  const line = tone(1000, -20, seconds);
  const found = find(
    mix(
      between(speech(-20, seconds, 7), 3, 6, (_, index) => line[index] as number),
      noise,
    ),
  );
  expect(found).toMatchObject([{ startFrame: 75, endFrame: 149 }]);
});

it('lets be what is shorter than two seconds, music, speech, and a tone under speech', () => {
  const line = tone(1000, -18, seconds);
  const short = between(speech(-20, seconds), 3, 4.6, (_, index) => line[index] as number);
  for (const sound of [
    short,
    music(-18, seconds),
    speech(-20, seconds, 8),
    mix(speech(-20, seconds), tone(1000, -40, seconds)),
  ]) {
    expect(find(mix(sound, noise))).toEqual([]);
  }
});

it('tells two tones at one level apart, with a pause between them, and a tone with pauses as one', () => {
  const [first, second] = [tone(1000, -20, seconds), tone(10_000, -20, seconds)];
  const pause = (behind: Sound) =>
    mix(
      between(first, 3.2, seconds, (_, index) => (index < 3.3 * 48_000 ? 0 : (behind[index] as number))),
      noise,
    );
  expect(find(pause(second))).toMatchObject([
    { startFrame: 0, endFrame: 79, evidence: { toneHz: expect.closeTo(1000, -1) } },
    { startFrame: 83, endFrame: 249, evidence: { toneHz: expect.closeTo(10_000, -1) } },
  ]);
  expect(find(pause(first))).toMatchObject([{ startFrame: 0, endFrame: 249 }]);
});

it('finds a line-up tone with the wow of an open reel, which no note at its frequency has', () => {
  let phase = 0;
  const wow = Float32Array.from({ length: seconds * 48_000 }, (_, index) => {
    phase += (2 * Math.PI * 1000 * (1 + 0.004 * Math.sin((2 * Math.PI * 1.1 * index) / 48_000))) / 48_000;
    return 0.15 * (1 + 0.05 * Math.sin((2 * Math.PI * 0.7 * index) / 48_000)) * Math.sin(phase);
  });
  const lead = between(speech(-20, seconds), 0, 5, (_, index) => wow[index] as number);
  expect(find(mix(lead, noise))).toMatchObject([{ startFrame: 0, endFrame: 124 }]);
});
