import { createInstance, type i18n } from 'i18next';
import { expect, test } from 'vitest';
import { rational } from '#shared/domain/rational.ts';
import { messages } from '#shared/i18n/messages.ts';
import type { Language } from '../state/preferences.ts';
import { type EventLine, eventWords } from './event-words.ts';

const passes = [{ id: 'p', video: { frameRate: rational(25) } }] as unknown as Parameters<
  typeof eventWords
>[1];

function inLanguage(lng: Language): i18n {
  const words = createInstance();
  const resources = Object.fromEntries(
    Object.entries(messages).map(([one, translation]) => [one, { translation }]),
  );
  void words.init({ lng, initAsync: false, interpolation: { escapeValue: false }, resources });
  return words;
}

function said(language: Language, type: string, values: EventLine['summary']['values']): string {
  const words = inLanguage(language);
  const line = { type, summary: { key: `timeline.${type}`, values }, passId: 'p' };
  return eventWords(line, passes, words, words.t);
}

test('a judgement names the check, the place, the word and the origin', () => {
  const values = {
    check: 'head-clog',
    startFrame: 300,
    judgement: 'accepted',
    origin: 'playback',
    remark: '',
  };
  const judged = (language: Language) => said(language, 'review.event-decided', values);
  expect(judged('en')).toBe('Judged: Head clogged at frame 300 (00:00:12:00): there, playback');
  expect(judged('nl')).toMatch(/beeld 300 \(00:00:12:00\): aanwezig, afspelen$/);
  expect(judged('fr')).toMatch(/image 300 \(00:00:12:00\)\u00a0: présent, lecture$/);
});

test('an alarm is said in the reader’s language, by its kind and in the engine’s words', () => {
  const values = { frame: 25, kind: 'signal-lost', message: 'The card has no signal.' };
  expect(said('nl', 'pass.alarm-raised', values)).toBe(
    'Alarm bij beeld 25 (00:00:01:00): Geen signaal. De kaart heeft geen signaal.',
  );
  expect(said('fr', 'pass.alarm-cleared', values)).toBe(
    'Alarme terminée à l’image 25 (00:00:01:00)\u00a0: Pas de signal',
  );
});

test('a package that was read back and is not whole is not told as one that is', () => {
  const read = (ok: string) => said('en', 'package.verified', { ok });
  expect([read('true'), read('false')]).toEqual(['Package read back', 'Package read back: not whole']);
});
