import { describe, expect, it, test } from 'vitest';
import { type CopyLine, copyLineSchema } from '#shared/domain/copy-certificate.ts';
import { wordLine, wordPhrases, wordWorst } from './line-words.ts';
import { messages } from './messages.ts';

const figure = (value: number, unit: 'frames' | 'dB' | '' = '', digits = 0) => ({ value, unit, digits });
const line: CopyLine = {
  ...{ id: 'sound', state: 'failed', values: {} },
  ...{ expected: '2 channels, …', measured: '1 channel; channel 2 is 12.5 dB too soft', source: 'Own.' },
  said: {
    expected: [{ key: 'channelsInPlace', figures: { channels: { value: 2, unit: 'channels', digits: 0 } } }],
    measured: [
      { key: 'channels', figures: { channels: { value: 1, unit: 'channels', digits: 0 } } },
      { key: 'channelSoft', figures: { channel: figure(2), apart: figure(12.5, 'dB', 1) } },
    ],
    source: [{ key: 'whySound', figures: { most: figure(1, 'dB') } }],
  },
};

describe('a line of a certificate', () => {
  it('is said in each language, with its figures as that language writes them', () => {
    expect(wordLine(line, 'en').measured).toBe('1 channel; channel 2 is 12.5 dB too soft');
    expect(wordLine(line, 'nl')).toMatchObject({
      language: 'nl',
      expected: '2 kanalen, elk zo luid als het was en op zijn plaats',
      measured: '1 kanaal; kanaal 2 is 12,5 dB te zacht',
    });
    expect(wordLine(line, 'fr').measured).toBe('1 canal\u202f; le canal 2 est 12,5 dB trop faible');
  });

  it('stays as it was written where it was kept before there were figures, or by a later version', () => {
    const { said, ...old } = line;
    expect(copyLineSchema.parse(old)).toEqual(old);
    expect(wordLine(old, 'nl')).toMatchObject({ language: 'en', measured: line.measured });
    const later = { ...line, said: { ...line.said, measured: [{ key: 'fromTheFuture' }] } } as CopyLine;
    expect(wordLine(later, 'fr')).toMatchObject({ language: 'en', expected: line.expected });
  });
});

test.each([
  [figure(1, 'frames'), '1 frame', '1 image'],
  [figure(0, 'frames'), '0 frames', '0 image'],
  [figure(1400, 'frames'), '1400 frames', '1400 images'],
  [figure(-0.04, 'dB', 1), '0.0 dB', '0,0 dB'],
  [figure(-0.06, 'dB', 1), '-0.1 dB', '-0,1 dB'],
])('%o is said with its unit, and no zero has a minus', (frames, english, french) => {
  const said = [{ key: 'frames', figures: { frames } }];
  expect([wordPhrases(said, 'en'), wordPhrases(said, 'fr')]).toEqual([english, french]);
});

it('says what the worst frames are worth', () => {
  expect(wordWorst({ measure: 'psnr', value: 34.2149 }, 'nl')).toBe('PSNR 34,21 dB');
  expect(wordWorst({ measure: 'ssim', value: 0.91234 }, 'en')).toBe('SSIM 0.9123');
});

it('knows a word for every unit that is counted', () => {
  expect(Object.keys(messages.en.compare.unit)).toContain('places_other');
  expect(() => wordPhrases([{ key: 'nothingSuch' }], 'en')).toThrow(RangeError);
});
