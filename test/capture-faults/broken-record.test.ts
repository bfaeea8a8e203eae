import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openStation, type Station } from './station.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-broken-record-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function arm(station: Station, identifier: string, source: { sourceId: string; argument: string }) {
  const { tapeId, operatorId } = station.tape(identifier);
  return station.capture.arm({
    ...{ tapeId, operatorId, profileId: undefined, chainName: '', durationS: 1 },
    ...{ sourceId: `${source.sourceId}:${source.argument}`, selection: source },
  });
}

test('a recorder record that cannot be read keeps its own pass waiting, and no other', async () => {
  const before = await openStation(folder);
  const broken = await arm(before, 'B-1', { sourceId: 'ffmpeg', argument: 'lavfi-test' });
  const other = await arm(before, 'B-2', { sourceId: 'simulator', argument: 'small-pal' });
  await before.close();
  const place = join(before.folders.mastersDir, 'B-1');
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'B-1_p1.recorder.json'), `{"version":1,"passId":"${broken.passId}","base":`);

  const after = await openStation(folder);
  await after.capture.recover();
  expect(after.stores.passes.find(broken.passId)?.state).toBe('prepared');
  expect(after.stores.passes.find(other.passId)).toMatchObject({ state: 'failed', failReason: 'disarmed' });
  await after.close();
});
