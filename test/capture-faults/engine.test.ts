import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTail } from '#core/capture/file-tail.ts';
import { latestProgress } from '#core/ffmpeg/progress.ts';
import { passIdSchema } from '#shared/domain/ids.ts';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
import { counted, ffmpeg, openStation, smallRecipe, until } from './station.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-engine-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts an engine that records, and kills it once the recorder has taken in so many frames. */
async function killEngineAt(frames: number, name: string, seconds: number) {
  const data = join(folder, name);
  const recipe = smallRecipe({ queueFrames: 25, segments: [{ content: 'scene', seconds }] });
  const entry = fileURLToPath(new URL('./engine-process.ts', import.meta.url));
  const engine = spawn(process.execPath, [entry, data, name, JSON.stringify(recipe)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: engine.stdout }), 'line')) as [string];
  const progressPath = join(data, 'masters', name, `${name}_p1.progress`);
  await until(`${frames} frames`, async () => {
    const tail = await readTail(progressPath, 4096);
    return (latestProgress(tail?.text ?? '')?.frame ?? 0) >= frames;
  });
  engine.kill('SIGKILL');
  await once(engine, 'exit');
  return { data, passId: passIdSchema.parse(line), progressPath };
}

test.concurrent('an engine killed in mid recording takes its recorder back: nothing is lost, the pass is sealed', async () => {
  const { data, passId } = await killEngineAt(30, 'E-1', 7);
  const station = await openStation(data);
  expect(station.stores.passes.find(passId)?.state).toBe('recording');
  expect(await station.capture.recover()).toEqual({ adopted: [passId], recovered: [], followed: [] });
  // Twice does nothing more.
  expect(await station.capture.recover()).toEqual({ adopted: [], recovered: [], followed: [] });
  const pass = await station.capture.whenSettled(passId);
  expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
  expect(pass).toMatchObject({ state: 'sealed', frames: 175, droppedFrames: 0, endReason: 'source-ended' });
  expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(175));
  await station.close();
});

test.concurrent('a recorder that is being taken back can be stopped in order', async () => {
  const { data, passId } = await killEngineAt(20, 'E-2', 60);
  const station = await openStation(data);
  // The operator presses Stop while the engine is still starting.
  const recovery = station.capture.recover();
  const { operatorId } = station.tape('E-2');
  await station.capture.stop(passId, operatorId);
  expect(await recovery).toMatchObject({ adopted: [passId] });
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'sealed', endReason: 'operator', droppedFrames: 0 });
  expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(pass.frames));
  await station.close();
});

test.concurrent('a recording that ends while no engine runs is followed and sealed by the next one', async () => {
  const { data, passId, progressPath } = await killEngineAt(10, 'E-3', 2);
  await until(
    'the recorder ends',
    async () => latestProgress((await readTail(progressPath, 4096))?.text ?? '')?.ended,
  );
  const station = await openStation(data);
  // What the engine took up when it started is told with the first word of somebody, and once.
  expect(await station.capture.recover('engine')).toMatchObject({ followed: [passId] });
  const nothing = { adopted: [], recovered: [], followed: [] };
  expect(await station.capture.recover()).toEqual({ ...nothing, followed: [passId] });
  expect(await station.capture.recover()).toEqual(nothing);
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'sealed', frames: 50, endReason: 'source-ended' });
  await station.close();
});
