import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { measuresFor } from './every-measure.ts';

it('has every measure that the list of what QCTools draws calls ours, by the name of its filter', async () => {
  const list = await readFile(new URL('../../../docs/qctools-measures.md', import.meta.url), 'utf8');
  const ours = new Map(measuresFor(1).map(({ id, key = '' }) => [id.replace(/\.1$/, ''), key.toLowerCase()]));
  const rows = [...list.matchAll(/^\| `(.+?)` \| (`.+?`) \|/gm)];
  expect(rows.length).toBeGreaterThan(15);
  for (const [, theirs = '', named = ''] of rows) {
    const ids = [...named.matchAll(/`(\w+)`/g)].map(([, id = '']) => id);
    const names = theirs.split(/`?\s`/);
    expect({ theirs, names: names.length }).toEqual({ theirs, names: ids.length });
    for (const [at, id] of ids.entries()) {
      // Those of another filter: QCTools' loudness is of all channels, its phase meter reckons otherwise.
      if (id === 'momentaryLufs' || id === 'correlation') continue;
      const last = (names[at] as string).split('.').at(-1) as string;
      expect(ours.get(id) ?? `no ${id}`).toMatch(new RegExp(`[.]${last.toLowerCase()}$`));
    }
  }
});
