import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as recorded from './decklink.fixture.ts';
import { parseDecklinkDevices, parseDecklinkFormats, parseFoundMode } from './decklink-listing.ts';
import { parseSources } from './sources-listing.ts';

const pal = {
  code: 'pal',
  width: 720,
  height: 576,
  frameRate: { num: 25, den: 1 },
  fieldOrder: 'tff' as const,
};
const ntsc = {
  code: 'ntsc',
  width: 720,
  height: 486,
  frameRate: { num: 30000, den: 1001 },
  fieldOrder: 'bff' as const,
};

describe('the list of cards', () => {
  it.each([
    ['of 2020', recorded.sourcesOf2020, ['Intensity Pro 4K']],
    ['5.1', recorded.sources51, ['UltraStudio Express']],
    ['8', recorded.sources8, ['DeckLink Duo 2 (1)', 'DeckLink Duo 2 (2)', 'DeckLink: 4K [Extreme]']],
    [
      'of two that share a name',
      recorded.sourcesOfTwins,
      ['DeckLink Mini Recorder', 'DeckLink Mini Recorder'],
    ],
    ['without a driver', recorded.noDriver, []],
  ])('is read: ffmpeg %s', (_, text, names) => {
    expect(parseSources(text)?.map(({ description }) => description)).toEqual(names);
  });
  it('tells cards apart by their handle', () => {
    expect(parseSources(recorded.sourcesOfTwins)?.map(({ name }) => name)).toEqual([
      '75:0a4aa32e:00000000',
      '75:0b11c201:00000000',
    ]);
  });
  it.each([recorded.oldDevices, recorded.oldestDevices])('is read from -list_devices too', (text) => {
    expect(parseDecklinkDevices(text)).toEqual(['DeckLink Mini Recorder', 'Intensity Pro 4K (2)']);
  });
});

describe('the list of modes', () => {
  it('is read as ffmpeg 5.1 and 6.1 write it', () => {
    const modes = parseDecklinkFormats(recorded.formats51);
    expect(modes.map(({ code }) => code)).toEqual(['ntsc', 'nt23', 'pal', '23ps', 'Hp25', 'Hi50', 'hp50']);
    expect(modes[0]).toEqual(ntsc);
    expect(modes[2]).toEqual(pal);
    expect(modes[6]).toMatchObject({
      height: 720,
      fieldOrder: 'progressive',
      frameRate: { num: 50, den: 1 },
    });
  });
  it.each([
    ['7.1', recorded.formats71, ['ntsc', 'pal', 'Hp29', 'Hi59']],
    ['8, on Windows', recorded.formats8, ['pal', 'Hp29', 'Hi59', 'Hi60']],
  ])('is read as ffmpeg %s writes it', (_, text, codes) => {
    expect(parseDecklinkFormats(text).map(({ code }) => code)).toEqual(codes);
  });
  it.each([recorded.noSuchCard, recorded.noDriver, recorded.busy, ''])(
    'is empty where a card says no mode',
    (text) => {
      expect(parseDecklinkFormats(text)).toEqual([]);
    },
  );
});

describe('the mode in which a card was opened', () => {
  it('is the one of the list with this raster, rate and scan', () => {
    expect(parseFoundMode(recorded.opened51, parseDecklinkFormats(recorded.formats51))).toEqual(pal);
    expect(parseFoundMode(recorded.opened8, parseDecklinkFormats(recorded.formats8))?.code).toBe('Hi59');
  });
  it('is unknown where the list has none such, or nothing was opened', () => {
    expect(parseFoundMode(recorded.opened8, [pal, ntsc])).toBeUndefined();
    expect(parseFoundMode(recorded.noSignal, [pal])).toBeUndefined();
  });
});

it('parsers of outside output take any text', () => {
  const cut = fc
    .tuple(
      fc.constantFrom(...Object.values(recorded)),
      fc.nat(4000),
      fc.nat(4000),
      fc.string({ unit: 'binary-ascii' }),
    )
    .map(([text, from, to, noise]) => text.slice(0, from) + noise + text.slice(to));
  fc.assert(
    fc.property(cut, (text) => {
      for (const mode of parseDecklinkFormats(text)) {
        expect(mode.code).toMatch(/^\S/);
        expect(mode.width * mode.height * mode.frameRate.num * mode.frameRate.den).toBeGreaterThan(0);
      }
      parseDecklinkDevices(text);
      parseFoundMode(text, [pal, ntsc]);
      parseSources(text);
    }),
  );
});
