import { expect, it } from 'vitest';
import { soundLevels } from '#core/qc/sound/levels.ts';
import {
  amplified,
  between,
  hiss,
  mix,
  music,
  rateHz,
  type Sound,
  speech,
  tone,
} from '#core/qc/sound/programme.fixture.ts';
import { shortLevel } from '#core/qc/sound/short-level.ts';
import { measureSound } from '#core/qc/sound/sound-of.fixture.ts';
import type { Finding } from '../check.ts';
import { audioDropout } from './audio-dropout.ts';
import { findingsOf, seriesOf, wobble } from './check-on.fixture.ts';

const seconds = 10;
const find = (...channels: Sound[]) =>
  findingsOf(audioDropout, measureSound(channels, {}, [soundLevels, shortLevel]));
const talk = mix(speech(-20, seconds, 3), hiss(-58, seconds, 2));
const tune = mix(music(-18, seconds, 3), hiss(-58, seconds, 2));

/** A hole with slopes (of 3 ms): what is left of the sound, in decibels. */
const hole = (sound: Sound, fromS: number, toS: number, leftDb: number, slopeS = 0.003) =>
  between(sound, fromS, toS, (sample, index) => {
    const depth = Math.min(1, (index / rateHz - fromS) / slopeS, (toS - index / rateHz) / slopeS);
    return sample * (1 - depth * (1 - 10 ** (leftDb / 20)));
  });

it.each([
  ['speech', talk],
  ['music', tune],
])('finds a hole of 15 ms and one of 400 ms in %s', (_, sound) => {
  expect(find(hole(hole(sound, 3.01, 3.025, -40), 6, 6.4, -25))).toMatchObject([
    { startFrame: 75, endFrame: 75, channels: [1] },
    { startFrame: 150, endFrame: 159, channels: [1] },
  ]);
});

it('finds samples that are missing altogether, on both channels, as one event', () => {
  const gone = (sound: Sound) => between(sound, 4.04, 4.2, () => 0);
  const [finding, ...others] = find(gone(talk), gone(tune));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ channels: [1, 2] });
  // Cleaning heads mends nothing that never came off the tape.
  expect(finding?.message).toMatch(/digital silence, which no tape gives/);
  expect(finding?.startFrame).toBe(101);
  expect(finding?.endFrame).toBe(104);
});

it('lets be speech with pauses, music with rests, silent ends, and cuts to and from a silence', () => {
  const rests = mix(amplified(hole(music(-18, seconds, 5), 4, 4.6, -80, 0.03), 0), hiss(-58, seconds, 4));
  for (const sound of [talk, tune, rests, between(talk, 8, 10, () => 0), between(talk, 3, 7, () => 0)]) {
    expect(find(sound)).toEqual([]);
  }
});

it('takes notes that die away to any level for no hiss', () => {
  // The lowest levels as music left them on a tape: the 5th and the 10th hundredth happen to lie within a decibel.
  const lowest = [-58.9, -58.2, -57.6, -57.1, -56.8, -56.5, -56.2, -55.9, -55.7, -55.6];
  const series = seriesOf(
    250,
    (frame) => ({
      'floorDbfs.1':
        frame === 86 || frame === 87
          ? -61
          : (lowest[(frame - 5) / 20] ?? (frame % 16 === 9 ? -55 : -50 + wobble(frame, 8))),
      'edgeDb.1': frame % 10 === 6 || frame === 87 ? 13 : 4,
    }),
    { channels: 1 },
  );
  expect(findingsOf(audioDropout, series)).toEqual([]);
});

it('finds four long holes in a tape of ten seconds', () => {
  const holes = [1.5, 4, 6, 8].reduce((sound, atS) => hole(sound, atS, atS + 0.35, -60), tune);
  expect(find(holes)).toHaveLength(4);
});

it('does not take the flat tops of a slow square wave for holes, whose edges alone are heard from sample to sample', () => {
  const square = mix(
    hiss(-70, seconds),
    tone(220, -12, seconds).map((sample) => 0.3 * Math.sign(sample)),
  );
  const slower = tone(110, -12, seconds).map((sample) => 0.3 * Math.sign(sample));
  const played = between(square, 4, 4.3, (_, index) => slower[index] as number);
  expect(find(played)).toEqual([]);
  expect(find(hole(played, 6, 6.4, -40))).toHaveLength(1);
});

it('lets be chords that die away and begin again, each in its time', () => {
  const chord = [130, 164, 195, 260].map((hertz) =>
    mix(...[1, 2, 3, 4, 5, 6, 7, 8].map((order) => tone(hertz * order, -26 - 6 * Math.log2(order), seconds))),
  );
  const played = mix(...chord).map((sample, index) => {
    const at = (index / rateHz) % 1.6;
    return sample * Math.max(0, Math.min(1, at / 0.08, (1.6 - at) / 0.15));
  });
  expect(find(mix(played, hiss(-70, seconds, 2)))).toEqual([]);
});

it('takes no top that is cut off for some milliseconds for a hole', () => {
  let low = 0;
  // Noise that falls off upwards, driven far beyond what cuts it.
  const driven = hiss(-20, seconds, 3).map((sample) => {
    low += 0.004 * (sample - low);
    return Math.max(-0.4, Math.min(0.4, low * 900));
  });
  const sound = between(hiss(-30, seconds, 5), 4, 6, (_, index) => driven[index] as number);
  expect(find(mix(sound, hiss(-62, seconds, 4)))).toEqual([]);
});

/** Nothing but the tape's own hiss where `isOn` does not hold; edges of so many seconds. */
const gated = (sound: Sound, edgeS: number, isOn: (atS: number) => boolean) => {
  let gain = 1;
  const step = 1 / Math.max(1, edgeS * rateHz);
  return mix(
    sound.map((sample, index) => {
      gain = Math.max(0, Math.min(1, gain + (isOn(index / rateHz) ? step : -step)));
      return sample * gain;
    }),
    hiss(-58, seconds, 2),
  );
};

it('finds music that falls to the hiss of its tape, no lower, and comes back, both within milliseconds', () => {
  const at = [2.1, 6.4];
  const cut = gated(music(-18, seconds, 3), 0.003, (atS) =>
    at.every((fromS) => atS < fromS || atS > fromS + 0.24),
  );
  const [first, second, ...others] = find(cut, cut.slice());
  expect(others).toEqual([]);
  expect(first).toMatchObject({ channels: [1, 2], evidence: { limitFallDb: 15 } });
  expect([52, 53]).toContain(first?.startFrame);
  expect([58, 59]).toContain(first?.endFrame);
  expect(second).toMatchObject({ startFrame: 160, channels: [1, 2] });
});

it('lets be rests that a hand fades, staccato, rests in time, and a pause of more than a second', () => {
  const tune = music(-18, seconds, 3);
  for (const sound of [
    gated(tune, 0.04, (atS) => atS < 3 || atS > 3.4),
    gated(tune, 0.002, (atS) => atS % 0.5 < 0.3),
    gated(tune, 0.002, (atS) => atS % 2.5 < 2.2),
    gated(tune, 0.002, (atS) => atS < 3 || atS > 4.2),
  ]) {
    expect(find(sound)).toEqual([]);
  }
});

/** Ten seconds of columns: sound at -18 dBFS of which some frames are otherwise. */
const columns = (rows: Readonly<Record<number, readonly [rms: number, fall: number, rise: number]>>) =>
  seriesOf(
    250,
    (frame) => {
      const [rms, fall, rise] = rows[frame] ?? [-18 + wobble(frame, 3), 3, 6];
      const floor = rms < -50 ? -54 : -48;
      return { 'rmsDbfs.1': rms, 'floorDbfs.1': floor, 'edgeDb.1': 3, 'fallDb.1': fall, 'riseDb.1': rise };
    },
    { channels: 1 },
  );
const inHole = [-54, 1, 1] as const;

it('finds a hole whose last picture has the sound again for its last milliseconds', () => {
  const hole = { 100: [-21, 20, 1], 101: inHole, 102: inHole, 103: inHole } as const;
  const endsIn = (rise: number) =>
    findingsOf(audioDropout, columns({ ...hole, 104: [-36, 1, rise - 4], 105: [-18, 1, rise] }));
  expect(endsIn(26)).toMatchObject([{ startFrame: 101, endFrame: 103 }]);
  // So little at a time is how a voice begins.
  expect(endsIn(19)).toEqual([]);
});

it('finds a hole in low notes, whose swing is taken off its fall, where the sound comes back at once and nothing else falls like it', () => {
  const hole = (at: number, rise: number) =>
    ({ [at]: [-22, 13.7, 5], [at + 1]: inHole, [at + 2]: inHole, [at + 3]: [-21, 1, rise] }) as const;
  expect(findingsOf(audioDropout, columns(hole(100, 26)))).toMatchObject([{ startFrame: 101 }]);
  expect(findingsOf(audioDropout, columns(hole(100, 19)))).toEqual([]);
  // A pause between syllables is no deeper.
  const shallow = { ...hole(100, 26), 101: [-41, 1, 1], 102: [-41, 1, 1] } as const;
  expect(findingsOf(audioDropout, columns(shallow))).toEqual([]);
  // Sound that comes back within a picture as well is a voice's, behind a pause.
  const slow = { [103]: [-40, 1, 14], [104]: [-18, 1, 26] } as const;
  expect(findingsOf(audioDropout, columns({ ...hole(100, 26), ...slow }))).toEqual([]);
  // Three of them in ten seconds are how this sound is made.
  expect(findingsOf(audioDropout, columns({ ...hole(60, 26), ...hole(100, 26), ...hole(190, 26) }))).toEqual(
    [],
  );
});

it('takes a pause of a voice that ends a word fast for none, and a hole among such words for one', () => {
  const pause = (at: number, fall: number, rise: number) =>
    ({ [at]: [-24, fall, 5], [at + 1]: inHole, [at + 2]: inHole, [at + 3]: [-21, 1, rise] }) as const;
  const slowly = { 40: [-30, 4, 3], 41: [-44, 4, 3], 42: inHole, 43: inHole, 44: [-40, 1, 9] } as const;
  expect(findingsOf(audioDropout, columns({ ...slowly, ...pause(100, 18, 26) }))).toEqual([]);
  expect(findingsOf(audioDropout, columns({ ...slowly, ...pause(100, 31, 26) }))).toHaveLength(1);
  // Where it is never so quiet by itself, half of the fall at once is enough.
  expect(findingsOf(audioDropout, columns(pause(100, 18, 26)))).toHaveLength(1);
  const words = { ...pause(20, 12, 9), ...pause(60, 13, 8), ...pause(160, 17, 10), ...pause(200, 14, 12) };
  expect(findingsOf(audioDropout, columns({ ...words, ...pause(100, 34, 26) }))).toMatchObject([
    { startFrame: 101 },
  ]);
  expect(findingsOf(audioDropout, columns({ ...words, ...pause(100, 18, 26) }))).toEqual([]);
});

it('lets be rests of a synthesiser, which all fall to the same hiss, and finds holes that fall below it', () => {
  const square = tone(220, -12, seconds).map((sample) => 0.25 * Math.sign(sample));
  const rests = [0.9, 1.7, 3.1, 4.4, 6.2, 8.3];
  const isRest = (atS: number) => rests.some((fromS) => atS >= fromS && atS < fromS + 0.15);
  const played = mix(
    square.map((sample, index) => (isRest(index / rateHz) ? 0 : sample)),
    hiss(-60, seconds, 2),
  );
  expect(find(played)).toEqual([]);
  expect(find(hole(played, 5.2, 5.4, -50))).toMatchObject([{ startFrame: 130, endFrame: 134 }]);
});

it('takes the pause between two line-up tones for none, and a hole in one tone for one', () => {
  const line = (hertz: number) => tone(hertz, -20, seconds);
  const told = (startFrame: number, endFrame: number, toneHz: number): Finding => ({
    ...{
      startFrame,
      endFrame,
      severity: 'info',
      confidence: 1,
      channels: [1],
      evidence: { toneHz },
      message: '',
    },
  });
  const pause = (first: Sound, second: Sound) =>
    mix(
      between(first, 4, seconds, (_, index) => (index < 4.1 * rateHz ? 0 : (second[index] as number))),
      hiss(-64, seconds, 2),
    );
  const findBeside = (second: number) =>
    findingsOf(
      audioDropout,
      measureSound([pause(line(1000), line(second))], {}, [soundLevels, shortLevel]),
      new Map([['reference-tone', [told(0, 99, 1000), told(103, 249, second)]]]),
    );
  expect(findBeside(10_000)).toEqual([]);
  expect(findBeside(1000)).toHaveLength(1);
});
