import { expect, it } from 'vitest';
import { withDelays } from './write-delays.ts';

const row =
  '| Check | least, s | median, s | most, s | told behind its end | told |\n|---|---|---|---|---|---|\n';
const line = (faults: number) =>
  `${faults} faults on 2 tapes of the set of docs/qc-truth.md, 2026-11-23:\n\n`;

it('puts a table of delays in the place of the one before, and leaves the rest', () => {
  const page = `# Proof\n\nWords.\n${line(3)}${row}| \`old\` | 1 |\n\nBehind.\n`;
  const table = `${line(5)}${row}| \`new\` | 2 |\n`;
  expect(withDelays(page, table)).toBe(`# Proof\n\nWords.\n${table}\nBehind.\n`);
  expect(() => withDelays('# Proof\n', table)).toThrow('no table of delays');
});
