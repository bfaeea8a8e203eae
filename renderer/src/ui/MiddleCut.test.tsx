import { expect, test } from 'vitest';
import { MiddleCut } from './MiddleCut.tsx';
import { rendered } from './rendered.testbed.tsx';

test.each([
  ['DEMO-20261123-214312-327-TROUBLED', 'DEMO-20261123-214312-327', '-TROUBLED'],
  ['VT-3', 'VT', '-3'],
])('%s keeps its end, and is read as one', (text, head, tail) => {
  const page = rendered(<MiddleCut text={text} />);
  expect(page).toContain(`title="${text}"`);
  expect(page).toContain(`class="visually-hidden">${text}<`);
  expect(page).toMatch(new RegExp(`aria-hidden="true">${head}</span><span[^>]*aria-hidden="true">${tail}<`));
});
