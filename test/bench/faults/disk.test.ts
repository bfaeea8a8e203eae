import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wrongIn } from './disk.ts';
import { diskCases } from './disk-cases.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-disk-'));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

const short = diskCases.filter(({ name }) => ['gone', 'pulled-out-and-back', 'names-taken'].includes(name));

test.for(short)('a disk of masters: $name', async (diskCase, context) => {
  const place = await mkdtemp(join(folder, `${diskCase.name}-`));
  const outcome = await diskCase.run(place);
  if (outcome === undefined) {
    context.skip('It needs root to mount disks, or a C compiler: it was not tested here.');
    return;
  }
  expect(wrongIn(outcome, diskCase)).toEqual([]);
  expect(outcome.keptFrames).toBeGreaterThan(20);
});
