import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Core, createCore } from '#core/core.ts';
import { until } from '../capture-faults/station.ts';

const chainName = 'Simulated deck';
let folder: string;
let core: Core;
const clientOf = () => createRouterClient(core.router, { context: core.context('local') });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-station-'));
  core = await createCore({
    dataDir: join(folder, 'data'),
    resourcesDir: join(import.meta.dirname, '..', '..', 'resources'),
    version: 'test',
    host: 'cli',
    ffmpegSetting: undefined,
    logger: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await core.close();
  await rm(folder, { recursive: true, force: true });
});

/** A deck that gives a test signal, as fast as it is read if nothing else is said, and what its chain does wrong. */
async function deck(
  name: string,
  content: 'station-test' | 'bars',
  { faults = [], pace = 'unpaced' }: { faults?: object[]; pace?: 'unpaced' | 'realtime' } = {},
): Promise<string> {
  const path = join(folder, 'recipes', `${name}.json`);
  await mkdir(join(folder, 'recipes'), { recursive: true });
  const recipe = {
    ...{ name, description: 'A test signal for a test', seed: 5, standard: 'PAL', channels: 2, faults },
    raster: { width: 192, height: 144 },
    pace,
    segments: [{ content, seconds: 60 }],
  };
  await writeFile(path, JSON.stringify(recipe));
  return `simulator:${path}`;
}

/** What was found wrong; the speed of the disk under a test is not what is tested. */
function wrongWith({ checks }: { checks: { id: string; ok: boolean }[] }): string[] {
  return checks.filter(({ id, ok }) => !ok && id !== 'disk-write').map(({ id }) => id);
}

test('a good chain is certified, and a pass that is armed on it cites the certificate', async () => {
  const client = clientOf();
  const source = await deck('good', 'station-test');
  const { certificate, drift } = await client.station.selfTest({ source, chainName, seconds: 5 });
  expect(wrongWith(certificate)).toEqual([]);
  expect(drift).toEqual([]);
  expect(certificate).toMatchObject({ frames: 125, droppedFrames: 0, profileId: 'ffv1-10bit', chainName });
  const figures = new Map(certificate.figures.map(({ id, value }) => [id, value]));
  expect(figures.get('luma-white')).toBe(940);
  expect(figures.get('field-order')).toBeGreaterThan(0.4);
  expect(Math.abs(figures.get('audio-offset') ?? 99)).toBeLessThan(2);
  expect(figures.get('tone-1-level')).toBeCloseTo(-18, 2);
  expect(certificate.checks.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'frame-hashes',
      'matroska-cues',
      'matroska-crc',
      'ffv1-slices',
      'ffv1-slice-crc',
    ]),
  );

  await client.tapes.register({ identifier: 'T-1', format: 'umatic' });
  const { passId } = await client.capture.arm({ tape: 'T-1', source, chainName });
  const { plan } = await client.passes.show({ passId });
  // A slow disk alone may have made it a certificate that is not in force.
  expect(plan?.certificateId).toBe(certificate.ok ? certificate.id : undefined);
  await expect(client.station.selfTest({ source, chainName, seconds: 5 })).rejects.toMatchObject({
    data: { code: 'WRONG_STATE' },
  });
  await client.capture.disarm({ passId });
});

test('a chain with its fields swapped and its sound late fails for that, and is shown to have drifted', async () => {
  const client = clientOf();
  const source = await deck('bad', 'station-test', {
    faults: [
      { kind: 'field-swap', atFrame: 0, frames: 10_000 },
      { kind: 'sound-late', atFrame: 0, frames: 10_000, delayMs: 80 },
    ],
  });
  const { ok, certificate, drift } = await client.station.selfTest({ source, chainName, seconds: 5 });
  expect(ok).toBe(false);
  expect(wrongWith(certificate)).toEqual(['field-order', 'audio-offset']);
  const alarming = drift.filter((figure) => figure.alarming && figure.id !== 'disk-write');
  expect(alarming.map(({ id }) => id)).toEqual(['field-order', 'audio-offset']);
  expect(alarming[0]?.now).toBeLessThan(-0.4);
  expect(Math.abs((alarming[1]?.now ?? 0) - 80)).toBeLessThan(2);

  const listed = await client.station.certificates();
  expect(listed.map((each) => each.certificate.id)[0]).toBe(certificate.id);
  expect(listed.map(({ inForce, outdated }) => [inForce, outdated])).toEqual([
    [false, false],
    [false, false],
  ]);
  expect(listed[0]?.drift).toEqual(drift);
});

test('bars and tone alone are enough where no more was asked for; what was not measured is said', async () => {
  const source = await deck('bars', 'bars');
  const asked = { source, chainName: 'Generator', seconds: 4, barsOnly: true };
  const { certificate } = await clientOf().station.selfTest(asked);
  expect(wrongWith(certificate)).toEqual([]);
  const unmeasured = certificate.checks.filter(({ measured }) => measured === 'not measured');
  expect(unmeasured.map(({ id }) => id)).toEqual(['field-order', 'left-channel', 'audio-offset']);
});

test('a test that is given up ends its recording in order and certifies nothing', async () => {
  const client = clientOf();
  const source = await deck('endless', 'station-test', { pace: 'realtime' });
  const before = await client.station.certificates();
  const leaving = new AbortController();
  const testing = client.station.selfTest({ source, chainName, seconds: 50 }, { signal: leaving.signal });
  await until('it records', async () =>
    (await client.capture.sessions()).some(({ state, frames }) => state === 'recording' && frames > 0),
  );
  leaving.abort();
  await expect(testing).rejects.toMatchObject({ data: { code: 'WRONG_STATE' } });
  expect(await client.station.certificates()).toHaveLength(before.length);
  const [pass] = await client.passes.list({ tape: 'STATION-TEST' });
  expect(pass).toMatchObject({ state: 'sealed', endReason: 'operator' });
});

test('a screen names no path', async () => {
  const source = await deck('of-a-screen', 'station-test');
  const screen = createRouterClient(core.router, { context: core.context('technician') });
  await expect(screen.station.selfTest({ source })).rejects.toMatchObject({ data: { code: 'NOT_ALLOWED' } });
});

test('the tape of the tests goes into no batch', async () => {
  await expect(clientOf().batches.create({ name: 'First', tapes: ['STATION-TEST'] })).rejects.toMatchObject({
    data: { code: 'INVALID_INPUT' },
  });
});
