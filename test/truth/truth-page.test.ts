import { expect, it } from 'vitest';
import type { Label } from './label.ts';
import { truthPage } from './truth-page.ts';

const label: Label = {
  file: 'freeze-exact-2-pal-10.mkv',
  generator: 'first',
  seed: 1,
  system: 'PAL',
  bits: 10,
  frames: 200,
  kind: 'fault',
  material: 'VHS',
  events: [{ check: 'freeze', startFrame: 50, endFrame: 59, strength: 2 }],
  alsoTrue: [],
};
const clean: Label = { ...label, file: 'clean.mkv', kind: 'clean', generator: 'second', bits: 8, events: [] };

it('says what was found and made up, beside stock filters, and names every wrong fail', () => {
  const claim = { check: 'freeze', startFrame: 50, endFrame: 59, severity: 'warn' as const };
  const page = truthPage({
    engine: [
      { label, claims: [claim] },
      { label: clean, claims: [{ ...claim, severity: 'fail' }] },
    ],
    stock: [
      { label, claims: [] },
      { label: clean, claims: [] },
    ],
    machine: 'a machine',
    record: {
      engine: 'x',
      commit: 'abc1234',
      pieces: [
        { startedAt: '2026-11-23T17:00:00.000Z', endedAt: '2026-11-23T17:20:00.000Z', loadAtStart: 0.25 },
        { startedAt: '2026-11-23T18:00:00.000Z', endedAt: '2026-11-23T18:11:00.000Z', loadAtStart: 3 },
      ],
    },
  });
  expect(page).toContain('| `freeze` | 1.00 | - | - | - | 0.50 | 1.00 | 0.67 | 1/1 | 1 | 0 | 0.00 |');
  expect(page).toContain('**1**.\n- `clean.mkv`: `freeze`, frames 50 to 59');
  expect(page).toContain('| second | PAL 8 bit | 0 | 1 | 0 |');
  expect(page).toContain('| `freeze` | 1.00 / 1.00 | 0.00 / - | - | - |');
  expect(page).toContain(
    'commit abc1234; begun 2026-11-23T17:00:00.000Z, 31 minutes in 2 pieces, load at the start 0.3, 3.0.',
  );
});
