import { describe, expect, test } from 'vitest';
import { bytes, count, decimal, exactly, rateText, significant, span, tenths } from './words.ts';

describe('words for numbers', () => {
  test('a running time is said in its two units that matter', () => {
    expect([0, 34.9, 161, 3600, 11_340].map(span)).toEqual([
      '0 s',
      '34 s',
      '2 min 41 s',
      '1 h 00 min',
      '3 h 09 min',
    ]);
  });

  test('a size is said in decimal units', () => {
    expect([0, 999, 1000, 1_234_567, 98_765_432_100].map((size) => bytes(size, 'en'))).toEqual([
      '0 B',
      '999 B',
      '1 kB',
      '1.2 MB',
      '98.77 GB',
    ]);
  });

  test('a zero has no minus, however small a number was below it', () => {
    for (const language of ['en', 'nl', 'fr']) {
      const said = [
        count(-0, language),
        decimal(-0.04, language),
        tenths(-0.049, language),
        exactly(-0.001, language, 2),
        significant(-0, language),
      ];
      expect(said.map((text) => text.replace(',', '.'))).toEqual(['0', '0', '0.0', '0.00', '0']);
    }
    expect([tenths(-0.06, 'en'), decimal(-1.25, 'en')]).toEqual(['-0.1', '-1.3']);
  });

  test('a rate is whole or has two decimals', () => {
    expect(rateText({ num: 25, den: 1 })).toBe('25 fps');
    expect(rateText({ num: 30000, den: 1001 })).toBe('29.97 fps');
  });
});
