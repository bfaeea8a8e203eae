import { describe, expect, it } from 'vitest';
import { soundLevels } from '#core/qc/sound/levels.ts';
import { mainsHum } from '#core/qc/sound/mains-hum.ts';
import { between, hiss, mix, music, type Sound, speech, tone } from '#core/qc/sound/programme.fixture.ts';
import { measureSound } from '#core/qc/sound/sound-of.fixture.ts';
import type { Finding } from '../check.ts';
import { findingsOf, seriesOf, wobble } from './check-on.fixture.ts';
import { hum } from './hum.ts';

const seconds = 10;
const find = (sound: Sound, choice: Parameters<typeof measureSound>[1] = {}) =>
  findingsOf(hum, measureSound([sound], choice, [soundLevels, mainsHum]));
const humOf = (hertz: number, levelDbfs: number, rate?: number) =>
  mix(
    tone(hertz, levelDbfs, seconds, rate),
    tone(2 * hertz, levelDbfs - 3, seconds, rate),
    tone(3 * hertz, levelDbfs - 8, seconds, rate),
  );

describe.each([
  ['speech', mix(speech(-20, seconds, 4), hiss(-60, seconds))],
  ['music', mix(music(-22, seconds, 4), hiss(-60, seconds))],
])('under %s', (_, programme) => {
  it.each([
    [50, -44],
    [60, -30],
    [50.03, -25],
  ])('finds the hum of %d Hz at %i dBFS on the whole tape', (hertz, levelDbfs) => {
    const found = find(mix(programme, humOf(hertz, levelDbfs)));
    expect(found).toMatchObject([
      { startFrame: 0, endFrame: 249, channels: [1], evidence: { mainsHz: Math.round(hertz) } },
    ]);
    expect(Number(found[0]?.evidence['humDbfs'])).toBeGreaterThan(levelDbfs - 2);
    expect(Number(found[0]?.evidence['humDbfs'])).toBeLessThan(levelDbfs + 7);
  });

  it('finds none without it', () => {
    expect(find(programme)).toEqual([]);
  });
});

it('finds a faint one, and where it begins and ends', () => {
  const faint = between(humOf(50, -50), 0, 4, () => 0);
  const found = find(mix(speech(-20, seconds, 6), hiss(-64, seconds), faint));
  expect(found).toMatchObject([{ endFrame: 249 }]);
  expect(Math.abs((found[0]?.startFrame ?? 0) - 100)).toBeLessThan(30);
});

it('finds it at 44.1 kHz and 29.97 pictures a second', () => {
  const rate = 44_100;
  const programme = mix(speech(-20, seconds, 4, rate), hiss(-60, seconds, 1, rate));
  const found = find(mix(programme, humOf(60, -40, rate)), {
    sampleRateHz: rate,
    frameRate: { num: 30_000, den: 1001 },
  });
  expect(found).toMatchObject([{ startFrame: 0, endFrame: 298, evidence: { mainsHz: 60 } }]);
});

it('lets be a bass that holds notes beside the mains, and a voice at their pitch that pauses', () => {
  const bass = mix(tone(49, -20, seconds), tone(98, -26, seconds));
  const word = (_: number, index: number) => (index % 24_000 < 12_000 ? 1 : 0);
  const voice = mix(tone(120, -20, seconds), tone(240, -26, seconds)).map(
    (sample, index) => sample * word(0, index),
  );
  expect(find(mix(bass, hiss(-60, seconds)))).toEqual([]);
  expect(find(mix(voice, hiss(-60, seconds)))).toEqual([]);
});

it('lets be bowed chords, whose overtones come near those of the mains now and then', () => {
  const chordSeconds = 1.6;
  const steps = [0, 5, 9, 3, 7, 1, 10];
  const bowed = new Float32Array(seconds * 48_000).map((_, index) => {
    const time = index / 48_000;
    const at = time % chordSeconds;
    const root = 130 * 2 ** ((steps[Math.floor(time / chordSeconds)] ?? 0) / 12);
    let sum = 0;
    for (const [part, ratio] of [1, 1.26, 1.498, 2].entries()) {
      const phase = 2 * Math.PI * root * ratio * (at + 0.0006 * Math.sin(34.6 * at + 2 * part));
      for (let order = 1; order < 6; order++) sum += Math.sin(order * phase) / order;
    }
    return 0.05 * sum * Math.max(0, Math.min(1, at / 0.08, (chordSeconds - at) / 0.15));
  });
  expect(find(mix(bowed, hiss(-62, seconds)))).toEqual([]);
  // Under notes, hum is still heard.
  expect(find(mix(music(-22, seconds, 4), hiss(-60, seconds), humOf(50, -44)))).toHaveLength(1);
});

/** Loud music, and what is found of a line at the mains in the windows of each frame. */
const columns = (levelAt: (frame: number) => number) =>
  seriesOf(
    300,
    (frame) => ({
      'rmsDbfs.1': -22 + wobble(frame, 8),
      'hum60Dbfs.1': frame < 53 ? Number.NaN : levelAt(frame),
    }),
    { channels: 1 },
  );

it('finds it under music that hides one harmonic or another of it', () => {
  const hidden = (frame: number) => frame % 100 > 75;
  expect(
    findingsOf(
      hum,
      columns((frame) => (hidden(frame) ? -57 : -46) + wobble(frame, 2)),
    ),
  ).toMatchObject([{ startFrame: 0, endFrame: 299, evidence: { mainsHz: 60 } }]);
  expect(
    findingsOf(
      hum,
      columns((frame) => -46 + wobble(frame, 7)),
    ),
  ).toHaveLength(1);
  // Notes come at any level, or not at all.
  expect(
    findingsOf(
      hum,
      columns((frame) => -46 + wobble(frame, 16)),
    ),
  ).toEqual([]);
  expect(
    findingsOf(
      hum,
      columns((frame) => (hidden(frame) ? Number.NaN : -46 + wobble(frame, 10))),
    ),
  ).toEqual([]);
});

it('leaves time code alone, which has lines at the mains as well', () => {
  const code: Finding = {
    ...{
      startFrame: 60,
      endFrame: 299,
      severity: 'warn',
      confidence: 1,
      channels: [1],
      evidence: {},
      message: '',
    },
  };
  const series = columns((frame) => (frame < 100 ? Number.NaN : -46));
  expect(findingsOf(hum, series)).toHaveLength(1);
  expect(findingsOf(hum, series, new Map([['ltc-on-audio', [code]]]))).toEqual([]);
});
