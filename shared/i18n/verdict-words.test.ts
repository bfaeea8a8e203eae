import { expect, it } from 'vitest';
import { type CopyLine, placeOfWorst, verdictOnCopy } from '#shared/domain/copy-certificate.ts';
import { wordCompared, wordVerdict } from './line-words.ts';
import { messages } from './messages.ts';

const line = (id: CopyLine['id'], state: CopyLine['state']) => ({ id, state });

it('calls a copy good only where every point was told, and names those that were not', () => {
  const good = [line('start', 'ok'), line('sync', 'ok')];
  const partly = [line('start', 'ok'), line('sync', 'not-told'), line('colour', 'not-told')];
  expect(verdictOnCopy(good)).toEqual({ verdict: 'good', notTold: [] });
  expect(verdictOnCopy(partly)).toEqual({ verdict: 'partly-told', notTold: ['sync', 'colour'] });
  expect(verdictOnCopy([...partly, line('levels', 'failed')]).verdict).toBe('wrong');
  expect(wordVerdict(partly, 'en')).toBe(
    'Nothing wrong was found, but 2 points could not be told: Sound against picture, Colour.',
  );
  for (const language of ['en', 'nl', 'fr'] as const) {
    expect(wordVerdict(good, language)).toBe(messages[language].compare.page.good);
    expect(wordVerdict(partly, language)).not.toMatch(/\{\{/);
    expect(wordVerdict(partly, language)).toContain(messages[language].compare.check.colour);
  }
});

it('says which frame of the master a picture is of, and what was compared with what', () => {
  const doubled = { frameRate: { num: 60000, den: 1001 }, picturesPerFrame: { master: 2, copy: 1 } };
  expect(placeOfWorst({ frame: 61, frameOfMaster: 63 }, doubled)).toEqual({
    ...{ masterFrame: 31, masterTimecode: '00:00:01:01', copyFrame: 61 },
  });
  const compared = { ...doubled, framesCompared: 398, framesExpected: 400 };
  expect(wordCompared(compared, 'en')).toBe('398 of the 400 that 200 frames of the master should give');
  expect(wordCompared(compared, 'nl')).toContain('200 beelden');
});
