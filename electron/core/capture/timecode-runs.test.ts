import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { readTimecodeRuns } from './timecode-runs.ts';

const rate = { num: 25, den: 1 };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-timecode-runs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(lines: readonly string[]) {
  const path = join(folder, 'pass.timecode.txt');
  await writeFile(path, `# helical-timecode 1\n# rate: 25/1\n${lines.join('\n')}\n`);
  return readTimecodeRuns(path, rate);
}

test('frames that count on are one run, of the source that stands first', async () => {
  const found = await read([
    '0\t0\tcard\t10:00:00:00',
    '0\t0\tvitc-picture\t10:00:00:00',
    '1\t1\tcard\t10:00:00:01',
    '2\t2\tvitc-picture\t10:00:00:02',
    '# broken: card gap at frame 3: 10:00:00:01 -> 10:00:40:01',
    '3\t3\tcard\t10:00:40:01',
    'no row at all',
    '5\t5\tcard\t10:00:40:03',
  ]);
  expect(found.runs).toEqual([
    { source: 'card', startFrame: 0, frames: 2, timecode: '10:00:00:00' },
    { source: 'vitc-picture', startFrame: 2, frames: 1, timecode: '10:00:00:02' },
    { source: 'card', startFrame: 3, frames: 1, timecode: '10:00:40:01' },
    { source: 'card', startFrame: 5, frames: 1, timecode: '10:00:40:03' },
  ]);
  expect(found.breaks).toEqual([
    { frame: 3, source: 'card', kind: 'gap', before: '10:00:00:01', after: '10:00:40:01' },
  ]);
  expect(found.isCut).toBe(false);
});

test('a count that never goes on is cut, and says so', async () => {
  const found = await read(
    Array.from({ length: 5_200 }, (_, at) => `${at}\t${at}\tcard\t${formatTimecode(at * 7, rate)}`),
  );
  expect([found.runs.length, found.isCut]).toEqual([5_000, true]);
  await expect(readTimecodeRuns(join(folder, 'none.txt'), rate)).rejects.toThrow('ENOENT');
});
