import { expect, test } from 'vitest';
import { queueInWords } from './queue-words.ts';

test.each([
  [undefined, ''],
  [10, ''],
  [37, ''],
  [4.2, 'queue holds 4 s'],
  [0.32, 'queue holds 0.3 s'],
])('a queue of %s s', (queueS, said) => {
  const words = queueInWords(queueS);
  if (said === '') expect(words).toBe('');
  else expect(words).toContain(said);
});
