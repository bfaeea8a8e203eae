import { expect, test } from 'vitest';
import { messages } from '#shared/i18n/messages.ts';
import { textOf } from '../../ui/rendered.testbed.tsx';
import { OutcomeWord } from '../../ui/StateWord.tsx';
import { NotJudgedList } from './NotJudgedList.tsx';

test.each(['en', 'nl', 'fr'] as const)(
  'what was not judged is said with its reason and what it would need, in %s',
  (language) => {
    const { heading, why, needs } = messages[language].qc.notJudged;
    const said = textOf(
      <NotJudgedList notJudged={[{ check: 'skew-error', reason: 'not-measured' }]} />,
      language,
    );
    expect(said).toContain(heading);
    expect(said).toContain(messages[language].qc.check.skewError.title);
    expect(said).toContain(why['not-measured']);
    expect(said).toContain(needs['skew-error'].slice(0, 30));
    expect(textOf(<NotJudgedList notJudged={[]} />, language)).toBe('');
  },
);

test('every outcome has a shape beside its word', () => {
  const words = (['waiting', 'asked', 'disputed', 'accepted', 'rejected', 'capture-again'] as const).map(
    (outcome) => textOf(<OutcomeWord outcome={outcome} />),
  );
  expect(words).toContain('◆ people disagree');
  expect(words.every((word) => /^[○◑◆◉▲] \S/.test(word))).toBe(true);
  expect(new Set(words).size).toBe(words.length);
});
