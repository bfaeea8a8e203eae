import { expect, test } from 'vitest';
import { evidenceWords } from './evidence-words.ts';

const values = (language: 'en' | 'nl' | 'fr', evidence: Record<string, number | string>) =>
  evidenceWords(language, { evidence }).map(({ value }) => value);

test('every number has its unit, and no more decimals than its size needs', () => {
  const evidence = {
    ...{ frames: 1250, yMax: 940.25, yDif: 0.412, brng: 0.0346, floorDbfs: -64.027, fallDb: 21.338 },
    ...{ toneHz: 15_624.73, barsHueError: -1.904, streakPixels: 1, rollLines: 2.25, correlation: -0.973 },
  };
  expect(values('en', evidence)).toEqual([
    ...['1,250', 'code 940', '0.41 codes', '3.5 %', '-64 dBFS', '21.3 dB'],
    ...['15,625 Hz', '-1.9°', '1 pixel', '2.3 lines a frame', '-0.97'],
  ]);
  expect(values('nl', { fallDb: 21.338, rollLines: 2.25 })).toEqual(['21,3 dB', '2,3 lijnen per beeld']);
  expect(values('fr', { yDif: 1.5, brng: 0.0346 })).toEqual(['1,5 code', '3,5\u00a0%']);
});

test('a limit is counted in what it limits', () => {
  expect(values('en', { yBrightest: 980, limitCodes: 960 })).toEqual(['code 980', 'code 960']);
  expect(values('en', { satPercentile99: 21.4, limitCodes: 18 })).toEqual(['21.4 codes', '18 codes']);
});

test('the figures of a file are frames, and what is no number is said in the reader’s language', () => {
  expect(values('nl', { expected: 1500, measured: 1 })).toEqual(['1.500 beelden', '1 beeld']);
  expect(
    values('nl', { floorCode: 'not clamped', measured: '2 tracks, 2500 blocks, 28800000 bytes: all equal' }),
  ).toEqual(['niet afgekapt', '2 sporen, 2500 blokken, 28.800.000 bytes: alles gelijk']);
});

test('what this version does not know stands by its name', () => {
  expect(evidenceWords('fr', { evidence: { anotherThing: 12.3456 } })).toEqual([
    { name: 'anotherThing', value: '12,3' },
  ]);
});
