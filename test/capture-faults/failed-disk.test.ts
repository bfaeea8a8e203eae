import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { recorderRecordSchema } from '#core/capture/recorder-record.ts';
import { openStation, recordTape, smallRecipe, until, untilFrames } from './station.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-failed-disk-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('nothing is written to a disk that failed until the operator says so, whatever engine runs', async () => {
  const first = await openStation(folder);
  const recipe = smallRecipe({ segments: [{ content: 'scene', seconds: 60 }] });
  const { passId } = await recordTape(first, 'F-1', recipe);
  await untilFrames(first, passId, 50);
  const place = join(first.folders.mastersDir, 'F-1');
  const record = JSON.parse(await readFile(join(place, 'F-1_p1.recorder.json'), 'utf8'));
  const { process: recorder } = recorderRecordSchema.parse(record);
  await appendFile(
    join(place, 'F-1_p1.recorder.log'),
    '\n[error] Error writing trailer of F-1_p1.mkv: Input/output error\n',
  );
  process.kill(recorder?.pid as number, 'SIGKILL');
  await until('the alarm is raised', () =>
    first.stores.passes.find(passId)?.alarms.find(({ kind }) => kind === 'disk-failed'),
  );
  await first.close();
  const masterPath = join(place, 'F-1_p1.mkv');
  const found = { names: (await readdir(place)).sort(), master: await readFile(masterPath) };

  const second = await openStation(folder);
  const { state, alarms } = second.stores.passes.find(passId) ?? {};
  expect(state).toBe('interrupted');
  expect(alarms?.map(({ message }) => message).join()).toMatch(
    /copy this disk first\. Mending waits for helical passes recover/,
  );
  expect(await second.capture.recover('engine')).toEqual({ adopted: [], recovered: [], followed: [] });
  expect(second.stores.passes.find(passId)?.state).toBe('interrupted');
  expect((await readdir(place)).sort()).toEqual(found.names);
  expect((await readFile(masterPath)).equals(found.master)).toBe(true);
  // The operator's word does not get lost behind an engine that is just looking by itself.
  const [byItself, byWord] = await Promise.all([second.capture.recover('engine'), second.capture.recover()]);
  expect(byItself.recovered).toEqual([]);
  expect(byWord.recovered).toMatchObject([{ passId }]);
  expect(await second.capture.whenSettled(passId)).toMatchObject({
    state: 'sealed',
    endReason: 'recorder-failed',
  });
  await second.close();
});
