import { expect, it } from 'vitest';
import { soundLevels } from '#core/qc/sound/levels.ts';
import { between, hiss, mix, music, type Sound, speech, tone } from '#core/qc/sound/programme.fixture.ts';
import { measureSound } from '#core/qc/sound/sound-of.fixture.ts';
import { steadyTone } from '#core/qc/sound/steady-tone.ts';
import { findingsOf, seriesOf, wobble } from './check-on.fixture.ts';
import { toneLeak } from './tone-leak.ts';

const seconds = 12;
const talk = mix(speech(-20, seconds, 4), hiss(-60, seconds, 2));
const tune = mix(music(-20, seconds, 4), hiss(-60, seconds, 2));
const find = (sound: Sound, earlier?: Parameters<typeof findingsOf>[2]) =>
  findingsOf(toneLeak, measureSound([sound], {}, [soundLevels, steadyTone]), earlier);

it.each([
  ['speech', talk, 1000, -62],
  ['speech', talk, 400, -38],
  ['music', tune, 1000, -52],
  ['music', tune, 3000, -62],
])('finds a tone under %s', (_, programme, hertz, levelDbfs) => {
  const found = find(mix(programme, tone(hertz, levelDbfs, seconds)));
  expect(found).toMatchObject([{ startFrame: 0, endFrame: 299, severity: 'warn', channels: [1] }]);
  expect(Number(found[0]?.evidence['toneHz'])).toBeCloseTo(hertz, 0);
  expect(Math.abs(Number(found[0]?.evidence['toneDbfs']) - levelDbfs)).toBeLessThan(2);
});

it('calls the whistle of a television a note', () => {
  expect(find(mix(talk, tone(15_625, -60, seconds)))).toMatchObject([{ severity: 'info' }]);
});

it('finds where it ends', () => {
  const found = find(
    mix(
      talk,
      between(tone(1000, -50, seconds), 8, 12, () => 0),
    ),
  );
  expect(found).toMatchObject([{ startFrame: 0 }]);
  expect(Math.abs((found[0]?.endFrame ?? 0) - 199)).toBeLessThan(40);
});

it('finds one that begins late and is there to the end', () => {
  const late = between(tone(1000, -45, seconds), 0, 6, () => 0);
  const found = find(mix(talk, late));
  expect(found).toMatchObject([{ endFrame: 299, severity: 'warn' }]);
  expect(Math.abs((found[0]?.startFrame ?? 0) - 150)).toBeLessThan(60);
});

it('takes chords that swell, a drone, and one of many tones that never change for the sound itself', () => {
  const chord = (hertz: readonly (readonly [number, number])[], swell: (seconds: number) => number) => {
    const tones = mix(...hertz.map(([one, levelDbfs]) => tone(one, levelDbfs, seconds)));
    return mix(
      tones.map((sample, index) => sample * swell(index / 48_000)),
      hiss(-65, seconds, 2),
    );
  };
  const notes = [
    [220, -20],
    [330, -23],
    [880, -27],
  ] as const;
  expect(find(chord(notes, (atS) => 0.6 + 0.4 * Math.sin(Math.PI * atS)))).toEqual([]);
  expect(find(chord(notes, () => 1))).toEqual([]);
  const bells = [
    [412, -20],
    [989, -58],
    [1566, -60],
  ] as const;
  expect(find(chord(bells, () => 1))).toEqual([]);
  // Beneath a chord that swells an oscillator is still heard.
  const swelling = chord(notes, (atS) => 0.6 + 0.4 * Math.sin(Math.PI * atS));
  expect(find(mix(swelling, tone(1000, -45, seconds)))).toHaveLength(1);
});

it('lets be speech, music, and a tone that was named as a reference tone or as hum', () => {
  expect(find(talk)).toEqual([]);
  expect(find(tune)).toEqual([]);
  const event = {
    startFrame: 0,
    endFrame: 299,
    severity: 'info' as const,
    confidence: 1,
    channels: [1],
    message: '',
  };
  const line = mix(hiss(-60, seconds), tone(1000, -18, seconds));
  expect(find(line, new Map([['reference-tone', [{ ...event, evidence: {} }]]]))).toEqual([]);
  const buzz = mix(talk, tone(450, -45, seconds));
  expect(find(buzz)).toHaveLength(1);
  expect(find(buzz, new Map([['hum', [{ ...event, evidence: { mainsHz: 50 } }]]]))).toEqual([]);
});

it('lets be a chord that is held, and the notes of a bass that come again, whose overtones lie deep below it', () => {
  const organ = mix(
    ...[110, 164.8, 220, 277, 330].map((hertz, at) => tone(hertz, -22 - 6 * Math.log2(at + 1), seconds)),
  );
  expect(find(mix(organ, hiss(-62, seconds, 2)))).toEqual([]);
  const notes = [55, 55, 65.4, 73.4];
  const bass = hiss(-62, seconds, 3).map((sample, index) => {
    const beat = Math.floor(index / 22_080);
    const at = (index % 22_080) / 48_000;
    const saw = 2 * ((at * (notes[beat % 4] as number)) % 1) - 1;
    return sample + 0.12 * saw * Math.min(1, at / 0.2) + 0.3 * Math.sin(330 * at) * Math.exp(-at / 0.12);
  });
  expect(find(bass)).toEqual([]);
});

/** Sound of 40 s at -24 dBFS, give or take some decibels, in whose frames these tones were heard: hertz, first and last frame, and by how much the level wanders. */
const heard = (...tones: (readonly [hertz: number, from: number, to: number, wanderDb?: number])[]) =>
  seriesOf(
    1000,
    (frame) => {
      const rmsDbfs = -24 + wobble(frame, 12);
      const [hertz, from, , wanderDb = 0] =
        tones.find(([, first, last]) => frame >= first && frame <= last) ?? [];
      const sound = { 'rmsDbfs.1': rmsDbfs, 'peakDbfs.1': rmsDbfs + 13 };
      if (hertz === undefined || from === undefined) return sound;
      const toneDbfs = -50 + ((((frame - from) >> 3) % 5) / 4 - 0.5) * wanderDb;
      return { ...sound, 'toneHz.1': hertz, 'toneDbfs.1': toneDbfs };
    },
    { channels: 1 },
  );

it('takes tones that relieve one another, each held at one level, for a chord and not for an oscillator', () => {
  const leak = [880, 331, 474] as const;
  expect(findingsOf(toneLeak, heard(leak))).toHaveLength(1);
  expect(findingsOf(toneLeak, heard([1174, 187, 330], leak, [1319, 475, 634]))).toEqual([]);
  // Under such chords an oscillator that stays is still one.
  expect(findingsOf(toneLeak, heard([880, 60, 820], [1319, 821, 980]))).toHaveLength(1);
});

it('takes a note that comes back, somewhat louder or softer, for music, and an oscillator with a bad contact for one', () => {
  const stretches = (wanderDb: number) =>
    heard([1176, 24, 213, wanderDb], [1176, 574, 623, wanderDb], [1176, 764, 999, wanderDb]);
  expect(findingsOf(toneLeak, stretches(3.5))).toEqual([]);
  expect(findingsOf(toneLeak, stretches(0.3))).toHaveLength(2);
});

it('takes what stands out for three seconds in the midst of a tape for song, not for an oscillator', () => {
  expect(findingsOf(toneLeak, heard([4106.3, 500, 590]))).toEqual([]);
  expect(findingsOf(toneLeak, heard([4106.3, 909, 999]))).toHaveLength(1);
});

it('takes a partial of a note that was heard beside it for the note, and an oscillator for one, whatever stands below it', () => {
  // The note's fourth partial stands out alone once others play: the fundamental is hidden.
  const note = (hertz: number) => {
    const base = heard([hertz, 150, 190], [4 * hertz, 191, 900]);
    const louder = base.column('toneDbfs.1').map((level, frame) => (frame <= 190 ? level + 14 : level));
    return { ...base, column: (id: string) => (id === 'toneDbfs.1' ? louder : base.column(id)) };
  };
  expect(findingsOf(toneLeak, note(330))).toEqual([]);
  expect(findingsOf(toneLeak, note(333))).toEqual([]);
  expect(findingsOf(toneLeak, heard([340, 150, 190], [1320, 191, 900]))).toHaveLength(1);
});
