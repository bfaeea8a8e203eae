import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPressure, type PressureFacts } from '#core/capture/pressure.ts';
import { derivedWorks } from '#shared/domain/pass.ts';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
import { counted, ffmpeg, openStation, recordTape, smallRecipe, until, untilFrames } from './station.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-pressure-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const overloaded = { lagS: 6, filled: 0.6, untilLossS: 4, isSteady: true };
const calm = { lagS: 0, filled: 0, untilLossS: null, isSteady: false, writeLatencyMs: 5, behindS: 0 };

test('under pressure derived work gives way in order and comes back; the recorder loses nothing, and in the end all is there', async () => {
  let told: Partial<PressureFacts> = calm;
  const followers: number[] = [];
  const station = await openStation(join(folder, 'pressed'), {
    onFollower: (pid) => followers.push(pid),
    // What is decided is decided by the real thing, on readings of an overload and with a clock that runs 25 times as fast.
    pressure: (standing) => {
      const real = createPressure(standing);
      return { ...real, add: (facts) => real.add({ ...facts, ...told, atMs: facts.atMs * 25 }) };
    },
  });
  const { passId, operatorId } = await recordTape(station, 'P-1', smallRecipe({ queueFrames: 100 }));
  const steps = () =>
    station.log
      .list()
      .filter(({ type }) => type === 'pass.derived-gave-way' || type === 'pass.derived-resumed')
      .map(({ type, payload }) => [type, (payload as { work: string }).work]);
  const gaveWay = derivedWorks.map((work) => ['pass.derived-gave-way', work]);
  await untilFrames(station, passId, 25);
  told = overloaded;
  await until('everything gave way', () => steps().length === 4);
  expect(steps()).toEqual(gaveWay);
  expect(station.capture.sessions()[0]?.gaveWay).toEqual([...derivedWorks]);
  told = calm;
  const backLive = [
    ['pass.derived-resumed', 'live-picture'],
    ['pass.derived-resumed', 'samples'],
  ];
  await until('what can go on came back', () => steps().length === 6);
  expect(steps()).toEqual([...gaveWay, ...backLive]);
  // Both are at work again: a new picture, and measures of frames that come now.
  const before = station.capture.sessions()[0]?.pictureVersion;
  await until('there is a new live picture', () => station.capture.sessions()[0]?.pictureVersion !== before);
  await station.capture.stop(passId, operatorId);
  const pass = await station.capture.whenSettled(passId);
  expect(pass.sealChecks.filter(({ ok }) => !ok)).toEqual([]);
  expect(pass).toMatchObject({ state: 'sealed', droppedFrames: 0, gaveWay: [] });
  expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(pass.frames));
  expect(steps()).toEqual([
    ...gaveWay,
    ...backLive,
    ['pass.derived-resumed', 'thumbnails'],
    ['pass.derived-resumed', 'access'],
  ]);
  const alarm = pass.alarms.find(({ kind }) => kind === 'under-pressure');
  expect(alarm?.message).toContain('6.0 s behind the tape');
  expect(alarm?.clearedFrame).toBeGreaterThan(alarm?.frame ?? 0);

  // One decode proved the master; a second one made what has no gap.
  expect(followers).toHaveLength(2);
  const roles = station.stores.files.ofPass(passId).map(({ role }) => role);
  expect(roles).toEqual(expect.arrayContaining(['access', 'samples', 'decoded-frame-hashes', 'seal']));
  const derived = join(station.folders.derivedDir, passId);
  expect(await readdir(join(derived, 'thumbnails'))).toHaveLength(Math.ceil(pass.frames / 250));
  expect((await readdir(derived)).filter((name) => name.includes('work'))).toEqual([]);
  expect(station.stores.qc.latest(passId)?.frames).toBe(pass.frames);
  await station.close();
});
