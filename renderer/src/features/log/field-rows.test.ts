import { createInstance } from 'i18next';
import { expect, test } from 'vitest';
import { messages } from '#shared/i18n/messages.ts';
import { fieldRows } from './field-rows.ts';

function rowsIn(lng: 'en' | 'nl', payload: Record<string, unknown>): Record<string, string> {
  const words = createInstance();
  const resources = Object.fromEntries(
    Object.entries(messages).map(([one, translation]) => [one, { translation }]),
  );
  void words.init({ lng, initAsync: false, interpolation: { escapeValue: false }, resources });
  return Object.fromEntries(fieldRows(payload, words, words.t));
}

test('what an event says is told field by field, with units and words', () => {
  const payload = {
    ...{ frames: 1250, droppedFrames: 3, sizeBytes: 1_500_000, reason: 'duration', label: '' },
    ...{ video: { width: 720, frameRate: { num: 30000, den: 1001 } }, ok: true, chosen: null },
    checks: ['black', 'hum', 'freeze', 'silence', 'signal-loss'],
  };
  expect(rowsIn('en', payload)).toEqual({
    ...{ Frames: '1,250', 'Dropped frames': '3', Size: '1.5 MB', OK: '✓' },
    ...{ Reason: messages.en.endReason.duration, Checks: '5 entries' },
    Picture: 'width 720 · frame rate 30000/1001',
  });
});

test('kinds, checks and what the engine wrote are in the reader’s language', () => {
  expect(rowsIn('nl', { kind: 'signal-lost', check: 'black', message: 'The card has no signal.' })).toEqual({
    ...{ Soort: 'Geen signaal', Controle: messages.nl.qc.check.black.title },
    Bericht: 'De kaart heeft geen signaal.',
  });
});
