import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HelicalError } from './errors.ts';
import { formatSelection, parseSelection } from './selection.ts';

const kind = fc.constantFrom('simulator', 'file', 'decklink', 'v4l2', 'ffmpeg');
const notBlank = (text: string) => text.trim() !== '';
const tricky = fc.array(
  fc.constantFrom('?', '&', '=', '%', '%26', '?a=b', ':', ' ', 'x', '?x', '/', '\\', "'"),
  {
    maxLength: 8,
  },
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary-ascii' }),
  fc.string({ unit: fc.constantFrom('é', '日', '😀', '\u2028', '\ud800', 'a', '?', '=', '&') }),
  tricky.map((parts) => parts.join('')),
);
const optionName = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/).filter((name) => name !== '__proto__');
const selection = fc.record(
  {
    sourceId: kind,
    argument: anyText.filter(notBlank),
    options: fc.dictionary(optionName, anyText, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  },
  { requiredKeys: ['sourceId'] },
);

describe('a selection', () => {
  it.each([
    ['simulator', { sourceId: 'simulator' }],
    ['simulator:/a/b.json', { sourceId: 'simulator', argument: '/a/b.json' }],
    ['file:C:\\tapes\\a: b.mov', { sourceId: 'file', argument: 'C:\\tapes\\a: b.mov' }],
    ['file:/a/100%.mov', { sourceId: 'file', argument: '/a/100%.mov' }],
    ['file:/a/who is it?.mov', { sourceId: 'file', argument: '/a/who is it?.mov' }],
    ['file:/a/why??', { sourceId: 'file', argument: '/a/why?' }],
    ['decklink:DeckLink Duo (1)', { sourceId: 'decklink', argument: 'DeckLink Duo (1)' }],
    [
      'decklink:Deck: [2] 4K?video=sdi&audio=embedded&mode=pal&channels=8&timecode=vitc&queue=30',
      {
        sourceId: 'decklink',
        argument: 'Deck: [2] 4K',
        options: {
          video: 'sdi',
          audio: 'embedded',
          mode: 'pal',
          channels: '8',
          timecode: 'vitc',
          queue: '30',
        },
      },
    ],
    [
      'v4l2:/dev/video0?audio=hw:1,0',
      { sourceId: 'v4l2', argument: '/dev/video0', options: { audio: 'hw:1,0' } },
    ],
    [
      'dshow:Cam?audio=Rock %26 Roll%3F 100%25',
      { sourceId: 'dshow', argument: 'Cam', options: { audio: 'Rock & Roll? 100%' } },
    ],
  ])('%s is read, and written the same', (text, read) => {
    expect(parseSelection(text)).toEqual(read);
    expect(formatSelection(read)).toBe(text);
  });

  it.each(['', ':', ' ', '?a=b', 'simulator:', 'file: ', 'x:?a=b', 'v4l2:/dev/video0?a=1&a=2'])(
    '"%s" is refused',
    (text) => {
      expect(() => parseSelection(text)).toThrow(HelicalError);
    },
  );

  it('comes back from its text, whatever a card is called and a value holds', () => {
    fc.assert(
      fc.property(selection, (chosen) => {
        expect(parseSelection(formatSelection(chosen))).toEqual(chosen);
      }),
      { numRuns: 1000 },
    );
  });

  it('is written as it was read, once it was written by us', () => {
    fc.assert(
      fc.property(kind, anyText, (sourceId, rest) => {
        const text = `${sourceId}:x${rest}`;
        let canonical: string;
        try {
          canonical = formatSelection(parseSelection(text));
        } catch (error) {
          // Only an option that is set twice can be wrong behind a name.
          expect((error as HelicalError).problem).toContain('twice');
          return;
        }
        expect(parseSelection(canonical)).toEqual(parseSelection(text));
        expect(formatSelection(parseSelection(canonical))).toBe(canonical);
      }),
      { numRuns: 1000 },
    );
  });
});
