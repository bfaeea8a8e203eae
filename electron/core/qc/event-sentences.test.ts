import { expect, test } from 'vitest';
import { eventSentence } from '#shared/i18n/event-sentence.ts';
import french from '#shared/i18n/found.fr.json' with { type: 'json' };
import dutch from '#shared/i18n/found.nl.json' with { type: 'json' };
import type { Check } from './check.ts';
import { checks } from './checks/registry.ts';
import { fileChecks } from './file/registry.ts';

const all = checks as readonly Check[];
const placeholders = (text = '') =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name))].sort();

test('every check of picture and sound has its sentence in Dutch and in French, and no other has one', () => {
  // What a DV deck says of its own blocks, and FFV1's own checksums, are told by no check of samples.
  const ids = [...all.map(({ id }) => id), 'dv-errors', 'slice-errors'].sort();
  expect(Object.keys(dutch).sort()).toEqual(ids);
  expect(Object.keys(french).sort()).toEqual(ids);
});

test.each(all.map((check) => [check.id, check] as const))(
  'the sentences of %s take nothing but what its events hold, alike in both languages',
  (id, check) => {
    const [nl, fr] = [dutch, french].map((words) => (words as Record<string, string>)[id]);
    const own = [...check.evidence, 'length', ...(check.medium === 'audio' ? ['channels'] : [])];
    expect(placeholders(nl).filter((name) => !own.includes(name ?? ''))).toEqual([]);
    expect(placeholders(fr)).toEqual(placeholders(nl));
    expect(nl).not.toBe(fr);
  },
);

test('a sentence has the event’s own numbers as the language writes them', () => {
  const event = {
    ...{ check: 'hum', startFrame: 0, endFrame: 1249, channels: [1, 2] },
    evidence: { frames: 1250, mainsHz: 50, humDbfs: -47.26, limitDbfs: -65 },
  };
  expect(eventSentence('nl', event)).toContain('(50 Hz) op kanaal 1, 2, -47,3 dBFS.');
  expect(eventSentence('fr', event)).toContain('(50 Hz) sur le canal 1, 2, -47,3 dBFS.');
  const one = { check: 'black', startFrame: 7, endFrame: 7, evidence: {} };
  expect(eventSentence('nl', one)).toBe('Het beeld is 1 beeld lang zwart.');
  expect(eventSentence('nl', { ...one, endFrame: 1206 })).toBe('Het beeld is 1.200 beelden lang zwart.');
  const lost = { ...one, check: 'dropped-frame', evidence: { lostFrames: 'not known' } };
  expect(eventSentence('fr', lost)).toContain('(nombre\u00a0: ?)');
});

test('a number that rounds to nothing has no minus', () => {
  const evidence = {
    ...{ barsSet: 'SMPTE 75 %', barsLumaError: -0.00001, barsChromaGain: -0.004, barsHueError: -0.2 },
  };
  const bars = { check: 'color-bars', startFrame: 0, endFrame: 249, evidence };
  const bright = { ...bars, evidence: { ...evidence, barsLumaError: 0.0698 } };
  expect(eventSentence('fr', bright)).toMatch(/luma 7(,0)?\u00a0%/);
  expect(eventSentence('nl', bars)).toContain(
    'SMPTE 75 %, 250 beelden lang: luma 0\u00a0%, chroma 0 dB en tint -0,2° naast',
  );
  expect(eventSentence('fr', bars)).toContain('luma 0\u00a0%, chroma 0 dB, teinte -0,2°');
});

test.each(['nl', 'fr'] as const)('what a rule of a file says, and what to do, is said in %s', (language) => {
  const told = fileChecks.map(({ id, remedy }) => {
    const event = { ...{ check: id, startFrame: 0, endFrame: 9, evidence: {} }, message: remedy };
    return [id, eventSentence(language, event)] as const;
  });
  expect(told.filter(([, said]) => said === undefined)).toEqual([]);
});

test('what has no sentence, or not the numbers for it, says so', () => {
  const event = { check: 'hum', startFrame: 0, endFrame: 9, channels: [1], evidence: { mainsHz: 50 } };
  expect(eventSentence('nl', event)).toBeUndefined();
  expect(eventSentence('en', { ...event, check: 'black' })).toBeUndefined();
  expect(eventSentence('fr', { ...event, check: 'file-aspect' })).toBeUndefined();
});
