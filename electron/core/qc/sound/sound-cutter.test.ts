import { expect, it } from 'vitest';
import { createSoundCutter } from './sound-cutter.ts';

const pal = { channels: 1, sampleRateHz: 48_000, frameRate: { num: 25, den: 1 } };
const ntsc = { ...pal, frameRate: { num: 30_000, den: 1001 } };

/** Samples that are their own number. */
const count = (from: number, samples: number) => Float32Array.from({ length: samples }, (_, at) => from + at);

function cut(format = pal, isAlone = true) {
  const pieces = new Map<number, number[]>();
  let [gaps, ends] = [0, 0];
  const cutter = createSoundCutter(format, {
    piece: (frame, [channel]) => void pieces.set(frame, [...(channel ?? [])]),
    gap: () => void gaps++,
    end: () => void ends++,
  });
  if (isAlone) cutter.picturesEnded();
  return { cutter, pieces, gaps: () => gaps, ends: () => ends };
}

it('cuts whole pieces out of packets of any length, and loses no sample at 29.97', () => {
  const { cutter, pieces } = cut(ntsc);
  const samples = 48_048;
  for (let at = 0; at < samples; at += 1024) {
    cutter.write(count(at, Math.min(1024, samples - at)), at / 48_000);
  }
  cutter.end();
  expect([...pieces.keys()]).toEqual(Array.from({ length: 30 }, (_, frame) => frame));
  expect(new Set([...pieces.values()].map((piece) => piece.length))).toEqual(new Set([1601, 1602]));
  expect([...pieces.values()].flat()).toEqual([...count(0, samples)]);
});

it('keeps channels apart', () => {
  const heard: number[][] = [];
  const cutter = createSoundCutter(
    { ...pal, channels: 2 },
    {
      piece: (_, piece) => heard.push(piece.map((channel) => channel[7] as number)),
      gap: () => undefined,
      end: () => undefined,
    },
  );
  cutter.picturesEnded();
  cutter.write(
    Float32Array.from({ length: 3840 }, (_, at) => (at % 2 === 0 ? 1 : -1) * (at >> 1)),
    0,
  );
  expect(heard).toEqual([[7, -7]]);
});

it('leaves out what was played before the first picture', () => {
  const { cutter, pieces } = cut();
  cutter.write(count(0, 4800), -0.05);
  expect([...pieces]).toEqual([[0, [...count(2400, 1920)]]]);
});

it('has no sound for pictures before the sound begins', () => {
  const { cutter, pieces } = cut();
  cutter.write(count(0, 4000), 0.1);
  // Two and a half pictures in: the first whole one is the fourth.
  expect([...pieces]).toEqual([[3, [...count(960, 1920)]]]);
});

it('fills a hole in the times with silence, and believes no small difference', () => {
  const { cutter, pieces, gaps } = cut();
  cutter.write(count(1, 1920), 0);
  cutter.write(count(1, 1920), 0.041);
  cutter.write(count(1, 1920), 0.2);
  expect([...pieces].map(([frame, piece]) => [frame, piece.some((sample) => sample > 0)])).toEqual([
    [0, true],
    [1, true],
    [2, false],
    [3, false],
    [4, false],
    [5, true],
  ]);
  expect(gaps()).toBe(0);
});

it('goes on at its time behind a gap, with nothing in between', () => {
  const { cutter, pieces, gaps } = cut();
  cutter.write(count(0, 2000), 0);
  cutter.leaveGaps();
  cutter.write(count(48_000, 4000), 1);
  expect([...pieces.keys()]).toEqual([0, 25, 26]);
  expect(pieces.get(25)?.[0]).toBe(48_000);
  expect(gaps()).toBe(1);
});

it('gives out an end that is half a piece, and none that is less', () => {
  const whole = cut();
  whole.cutter.write(count(0, 1920 + 960), 0);
  whole.cutter.end();
  expect(whole.pieces.get(1)).toHaveLength(960);
  const short = cut();
  short.cutter.write(count(0, 1920 + 900), 0);
  short.cutter.end();
  expect(short.pieces.has(1)).toBe(false);
});

it('places sound to the sample behind twelve and a half hours, where 32 bits no longer count them', () => {
  const { cutter, pieces } = cut(ntsc);
  cutter.leaveGaps();
  // 2,162,160,000 samples: more than 2^31, and a whole number of pictures.
  const [samples, pictures] = [2_162_160_000, 1_350_000];
  cutter.write(count(0, 4804), samples / 48_000);
  expect([...pieces].map(([frame, piece]) => [frame, piece[0], piece.length])).toEqual([
    [pictures, 0, 1602],
    [pictures + 1, 1602, 1601],
  ]);
});

/** Pictures at these times, and two seconds of sound in packets that come before them. */
function cutWith(timesS: readonly number[], format = pal) {
  const made = cut(format, false);
  for (let at = 0; at < 96_000; at += 1024)
    made.cutter.write(count(at, Math.min(1024, 96_000 - at)), at / 48_000);
  made.cutter.end();
  for (const [frame, timeS] of timesS.entries()) made.cutter.picture(frame, timeS);
  made.cutter.picturesEnded();
  return made;
}

it('cuts sound where the pictures of a file begin, also behind frames that were lost', () => {
  // Twelve frames are missing behind the tenth.
  const times = Array.from({ length: 38 }, (_, frame) => (frame < 10 ? frame : frame + 12) / 25);
  const { pieces, ends } = cutWith(times);
  expect([...pieces.keys()].slice(0, 38)).toEqual([...times.keys()]);
  for (const [frame, timeS] of times.entries())
    expect(pieces.get(frame)?.[0]).toBe(Math.round(timeS * 48_000));
  expect(pieces.get(9)).toHaveLength(13 * 1920);
  expect([...pieces.values()].flat()).toEqual([...count(0, 96_000)]);
  expect(ends()).toBe(1);
});

it('cuts at an even rate where times are rounded, and at each time where the rate varies', () => {
  const rounded = cutWith(
    Array.from({ length: 59 }, (_, frame) => Math.round((frame * 1001) / 30) / 1000),
    ntsc,
  );
  expect(new Set([...rounded.pieces.values()].slice(0, 58).map((piece) => piece.length))).toEqual(
    new Set([1601, 1602]),
  );
  const times = [0, 0.02, 0.04, 0.1, 0.5, 0.52, 0.9];
  const uneven = cutWith(times);
  expect(times.map((_, frame) => uneven.pieces.get(frame)?.[0])).toEqual(
    times.map((timeS) => Math.round(timeS * 48_000)),
  );
});

it('takes a time that comes twice, or that lies before, for none', () => {
  const { pieces } = cutWith([0, 0.04, 0.04, 0.12, 0.01, 0.2, 0.24]);
  expect([...pieces.values()].slice(0, 7).map(([first]) => first)).toEqual([
    0, 1920, 3840, 5760, 7680, 9600, 11_520,
  ]);
});

it('waits for the time of the next picture, but not for ever', () => {
  const { cutter, pieces } = cut(pal, false);
  cutter.picture(0, 0);
  for (let second = 0; second < 29; second++) cutter.write(count(0, 48_000), second);
  expect(pieces.size).toBe(0);
  for (let second = 29; second < 32; second++) cutter.write(count(0, 48_000), second);
  expect(pieces.get(0)).toHaveLength(1920);
  expect(pieces.size).toBeGreaterThan(20);
});
