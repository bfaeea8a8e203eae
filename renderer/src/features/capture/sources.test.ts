import { expect, test } from 'vitest';
import { type OfferedSource, optionsAt, sourceAddress, sourceName } from './sources.ts';

const option = (name: string, usual?: string) => ({
  ...{ name, label: name, choices: [] },
  ...(usual === undefined ? {} : { default: usual }),
});
const card: OfferedSource = {
  id: 'decklink:DeckLink Duo (1)',
  name: 'DeckLink Duo (1)',
  live: true,
  inputs: [
    { id: 'sdi', name: 'SDI', selection: 'decklink:DeckLink Duo (1)?video=sdi' },
    { id: 'composite', name: 'Composite', selection: 'decklink:DeckLink Duo (1)?video=composite' },
  ],
  options: [option('video'), option('timecode'), option('queue', '30')],
};
const chosen = (inputId: string, options: Record<string, string> = {}) => ({
  ...{ sourceId: card.id, inputId, options },
});

test('an address names the input and only what differs from the usual', () => {
  expect(sourceAddress(card, chosen('composite'))).toBe('decklink:DeckLink Duo (1)?video=composite');
  expect(sourceAddress(card, chosen('sdi', { timecode: 'vitc', queue: '30' }))).toBe(
    'decklink:DeckLink Duo (1)?video=sdi&timecode=vitc',
  );
  expect(sourceAddress(card, chosen('sdi', { queue: ' 40 ' }))).toBe(
    'decklink:DeckLink Duo (1)?video=sdi&queue=40',
  );
});

test('without a choice the first input is meant, and a source without inputs is itself', () => {
  expect(sourceAddress(card, chosen(''))).toBe('decklink:DeckLink Duo (1)?video=sdi');
  expect(sourceAddress({ ...card, inputs: [], options: [] }, chosen(''))).toBe('decklink:DeckLink Duo (1)');
});

test('what the input says already is not offered again', () => {
  expect(optionsAt(card, chosen('sdi')).map(({ name }) => name)).toEqual(['timecode', 'queue']);
});

test('an address with options still has its name', () => {
  expect(sourceName('decklink:DeckLink Duo (1)?video=sdi&timecode=vitc', [card])).toBe('DeckLink Duo (1)');
  expect(sourceName('decklink:DeckLink Duo (1)?video=sdi', [card])).toBe('DeckLink Duo (1): SDI');
  expect(sourceName('simulator:gone', [card])).toBe('simulator:gone');
});
