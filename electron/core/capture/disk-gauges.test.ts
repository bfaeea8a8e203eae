import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { createDiskGauges } from './disk-gauges.ts';

const folders = [
  { role: 'masters' as const, folder: '/masters' },
  { role: 'derived' as const, folder: '/derived' },
  { role: 'log' as const, folder: '/data' },
];
const ours = { bitsPerSecond: 80e6, reserveBytes: 1e9 };

test('each disk is named once, by what is most precious on it', async () => {
  const gauges = createDiskGauges(folders, async (folder) => ({
    device: folder === '/derived' ? 2 : 1,
    freeBytes: 11e9,
  }));
  expect(await gauges.look(0, ours)).toEqual([
    { role: 'masters', freeBytes: 11e9, bitsPerSecond: 80e6, leftS: 1000 },
    { role: 'derived', freeBytes: 11e9, bitsPerSecond: 0, leftS: null },
  ]);
});

test('somebody else who fills a disk counts after half a minute, and no longer when he has stopped for one', async () => {
  let freeBytes = 100e9;
  const gauges = createDiskGauges(folders, async (folder) => ({ device: folder.length, freeBytes }));
  const at = async (atS: number) => (await gauges.look(atS * 1000, ours))[1]?.leftS;
  expect(await at(0)).toBeNull();
  freeBytes -= 10e9;
  expect(await at(20)).toBeNull();
  freeBytes -= 5e9;
  // 15 GB in 30 s: 85 GB last 170 s.
  expect(await at(30)).toBeCloseTo(170);
  for (let atS = 31; atS < 95; atS++) await at(atS);
  expect(await at(95)).toBeNull();
});

test('a disk of derived files that is gone hides nothing of the masters', async () => {
  const gone = async (folder: string) => {
    if (folder !== '/masters') throw Object.assign(new Error('gone'), { code: 'EIO' });
    return { device: 1, freeBytes: 2e9 };
  };
  expect((await createDiskGauges(folders, gone).look(0, ours)).map(({ role }) => role)).toEqual(['masters']);
  const nothing = () => Promise.reject(new Error('gone'));
  await expect(createDiskGauges(folders, nothing).look(0, ours)).rejects.toThrow('gone');
});

test('asks the file system of this machine', async () => {
  const [disk] = await createDiskGauges([{ role: 'masters', folder: tmpdir() }]).look(0, ours);
  expect(disk?.freeBytes).toBeGreaterThan(0);
});
