import { expect, test } from 'vitest';
import type { Language } from '../../state/preferences.ts';
import { textOf } from '../../ui/rendered.testbed.tsx';
import { NoPassWords } from './NoPassWords.tsx';

const last = { passNumber: 2, tapeIdentifier: 'VT-1', state: 'sealed' } as const;

test.each([
  ['lost', last],
  ['lost', undefined],
  ['refused', last],
] as const)('with the link %s nobody says that no capture runs, nor that one is over', (connection, pass) => {
  const said = (language?: Language) =>
    textOf(<NoPassWords connection={connection} last={pass} may={false} />, language);
  expect(said()).toMatch(/is not known: there is no link to the engine.*leave the deck as it is\.$/);
  expect(said('nl')).toContain('is niet bekend');
  expect(said('fr')).toContain('On ne sait pas si une bande est en cours de capture');
});

test('with a link it is said', () => {
  expect(textOf(<NoPassWords connection="connected" last={undefined} may={false} />)).toBe(
    'No capture is running.',
  );
  expect(textOf(<NoPassWords connection="connected" last={last} may />)).toBe(
    'Pass 2 of VT-1 is over. ✓ Sealed',
  );
});
