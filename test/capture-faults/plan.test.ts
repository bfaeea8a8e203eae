import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPressure } from '#core/capture/pressure.ts';
import type { PassId } from '#shared/domain/ids.ts';
import { openStation, recordTape, type Station, smallRecipe, until, untilFrames } from './station.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-plan-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A card that holds twenty seconds: a machine that is busy with other tests costs no frames. */
const patientTape = (changes: object = {}) => smallRecipe({ queueFrames: 500, ...changes });
const settled = (station: Station, passId: PassId) => station.capture.whenSettled(passId);
/** A second of snow, two of programme, and snow to the end of the reel. */
const snowAround = (programmeS = 2) =>
  patientTape({
    segments: [
      { content: 'noise', seconds: 1 },
      { content: 'scene', seconds: programmeS },
      { content: 'noise', seconds: 120 },
    ],
  });

test.concurrent('a pass begins with its picture and ends with its tape, also under an engine that came in between', async () => {
  const data = join(folder, 'tape-end');
  const limits = { byPicturesS: 2 };
  const first = await openStation(data, { limits });
  const { passId } = await recordTape(first, 'A-1', snowAround(), {
    plan: { start: { on: 'signal' }, stop: { tapeEndS: 2 }, segment: 2 },
  });
  await until('the programme to begin', () => first.stores.passes.find(passId)?.programmeStartFrame !== null);
  await first.close();
  const second = await openStation(data, { limits });
  expect(await second.capture.recover()).toMatchObject({ adopted: [passId] });
  const pass = await settled(second, passId);
  expect(pass).toMatchObject({
    state: 'sealed',
    endReason: 'tape-end',
    programmeStartFrame: 25,
    droppedFrames: 0,
    plan: { start: { on: 'signal', waitS: 1_800 }, stop: { tapeEndS: 2 }, segment: 2 },
  });
  expect(pass.frames).toBeGreaterThanOrEqual(75 + 50);
  expect(pass.frames).toBeLessThan(3_000);
  // Told while it could still be helped.
  expect(pass.alarms.map(({ kind }) => kind)).toContain('end-near');
  await second.close();
});

test.concurrent('two passes at once: one from timecode to timecode, one so long from its picture on', async () => {
  const station = await openStation(join(folder, 'two'));
  const byTimecode = await recordTape(station, 'B-1', patientTape({ timecodeStart: '09:59:59:00' }), {
    plan: { start: { on: 'timecode', timecode: '10:00:00:00' }, stop: { timecode: '10:00:01:05' } },
  });
  const byPicture = await recordTape(station, 'B-2', snowAround(60), {
    durationS: 1.2,
    plan: { start: { on: 'signal' }, retakeOf: undefined },
  });
  const [timed, seen] = await Promise.all([
    settled(station, byTimecode.passId),
    settled(station, byPicture.passId),
  ]);
  expect(timed).toMatchObject({
    state: 'sealed',
    endReason: 'timecode',
    programmeStartFrame: 25,
    droppedFrames: 0,
  });
  expect(timed.frames).toBeGreaterThanOrEqual(55);
  expect(seen).toMatchObject({
    state: 'sealed',
    endReason: 'duration',
    programmeStartFrame: 25,
    droppedFrames: 0,
  });
  expect(seen.frames).toBeGreaterThanOrEqual(25 + 30);
  await station.close();
});

test('two captures at once lose nothing while this machine is asked whether a third one fits', async () => {
  const station = await openStation(join(folder, 'budget'));
  const recipePath = join(folder, 'asked.json');
  await writeFile(recipePath, JSON.stringify(patientTape()));
  const wished = {
    selection: { sourceId: 'simulator', argument: recipePath },
    sourceId: `simulator:${recipePath}`,
    profileId: undefined,
    durationS: 1,
  };
  const alone = await station.capture.budget(wished);
  expect(alone).toMatchObject({ captures: 1, isFresh: true, speed: expect.any(Number) });
  // However busy this machine is with other tests, these two run: what is insisted on is armed.
  const first = await recordTape(station, 'D-1', patientTape(), { anyway: true });
  const second = await recordTape(station, 'D-2', patientTape(), { anyway: true });
  const third = await station.capture.budget(wished);
  expect(third).toMatchObject({ captures: 3, message: expect.stringContaining('Beside 2 other captures') });
  expect(third.fits).toBe((third.speed ?? 0) >= 1.3);

  // No disk holds a century: refused while others run, unless somebody insists, which is in the log.
  const { tapeId, operatorId } = station.tape('D-3');
  const century = { ...wished, tapeId, operatorId, chainName: '', durationS: 3e9 };
  await expect(station.capture.arm(century)).rejects.toMatchObject({
    code: expect.stringMatching(/^(DISK_FULL|MACHINE_BUSY)$/),
    problem: expect.stringContaining('What would help'),
  });
  const insisted = await station.capture.arm({ ...century, anyway: true });
  expect(station.stores.passes.find(insisted.passId)?.plan?.overruled).toContain('What would help');
  await station.capture.disarm(insisted.passId, operatorId);

  for (const { passId, operatorId: actorId } of [first, second]) {
    await station.capture.stop(passId, actorId);
    expect(await settled(station, passId)).toMatchObject({
      state: 'sealed',
      droppedFrames: 0,
      lostFrames: 0,
    });
  }
  await station.close();
});

test.concurrent('a programme that begins while measuring gives way is found when the master is whole', async () => {
  const overloaded = { lagS: 6, filled: 0.6, untilLossS: 4, isSteady: true };
  const station = await openStation(join(folder, 'pressed'), {
    pressure: (standing) => {
      const real = createPressure(standing);
      return { ...real, add: (facts) => real.add({ ...facts, ...overloaded, atMs: facts.atMs * 25 }) };
    },
  });
  const { passId, operatorId } = await recordTape(station, 'E-1', snowAround(60), {
    plan: { start: { on: 'signal', waitS: 1 }, stop: { tapeEndS: 1 } },
  });
  const session = () => station.capture.sessions().find((one) => one.passId === passId);
  await until('measuring gave way', () => session()?.gaveWay.includes('samples'));
  await untilFrames(station, passId, 75);
  // What nobody measured is not judged: the wait of a second is over by far.
  expect(session()?.state).toBe('recording');
  await station.capture.stop(passId, operatorId);
  expect(await settled(station, passId)).toMatchObject({
    state: 'sealed',
    endReason: 'operator',
    programmeStartFrame: 25,
  });
  await station.close();
});

test.concurrent('a programme that does not come in time ends the recording, and what was recorded is kept', async () => {
  const station = await openStation(join(folder, 'not-seen'));
  const blank = patientTape({ segments: [{ content: 'noise', seconds: 120 }] });
  const { passId } = await recordTape(station, 'C-1', blank, {
    plan: { start: { on: 'signal', waitS: 1 }, stop: {} },
  });
  const pass = await settled(station, passId);
  expect(pass).toMatchObject({ state: 'sealed', endReason: 'start-not-seen', programmeStartFrame: null });
  expect(pass.frames).toBeGreaterThanOrEqual(25);

  const other = station.tape('C-2');
  const refused = (plan: object) =>
    station.capture.arm({
      tapeId: other.tapeId,
      selection: { sourceId: 'simulator' },
      sourceId: 'simulator',
      profileId: undefined,
      chainName: '',
      operatorId: other.operatorId,
      durationS: undefined,
      plan,
    });
  await expect(refused({ retakeOf: passId })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(refused({ stop: { timecode: '10:00:00:25' } })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  expect(station.stores.passes.list(other.tapeId)).toEqual([]);
  await station.close();
});
