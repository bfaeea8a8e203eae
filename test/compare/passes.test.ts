import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { derivedFolder } from '#core/capture/pass-files.ts';
import { alignApart } from '#core/compare/alignment/align-apart.ts';
import type { Curves } from '#core/compare/alignment/curves.ts';
import { played, playedFrames, tapeScript } from '#core/compare/alignment/played-tape.fixture.ts';
import { dataFolder } from '#core/config.ts';
import { type Core, createCore } from '#core/core.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { QcEvent } from '#shared/domain/qc.ts';
import { makeMeasuredPass } from '../fixtures/measured-pass.ts';

const columns: Record<string, string> = {
  ...{ yAvg: 'level0', yLow: 'level1', yHigh: 'level2', uAvg: 'level3', vAvg: 'level4' },
  ...{ yDif: 'motion', 'rmsDbfs.1': 'sound', 'rmsDbfs.2': 'sound' },
};
const frames = { a: playedFrames(60, 2500), b: playedFrames(0, 2400, [{ at: 1400, lost: 9 }]) };
let folder: string;
let core: Core;
let passIds: Record<'a' | 'b' | 'ofOtherTape', PassId>;

const found = (check: string, startFrame: number, severity: QcEvent['severity'] = 'warn'): QcEvent => ({
  ...{ check, startFrame, endFrame: startFrame, severity, confidence: 1, evidence: {}, message: '' },
});

function makePass(
  curves: Curves,
  qcEvents: QcEvent[],
  of: { identifier: string; besides?: PassId },
): Promise<PassId> {
  const valuesOf = new Map(curves.curves.map(({ id, values }) => [id, values]));
  return makeMeasuredPass(join(folder, 'data'), {
    ...of,
    frames: curves.frames,
    measures: Object.keys(columns),
    sampleOf(measure, frame) {
      const value = valuesOf.get(columns[measure] ?? '')?.[frame] ?? Number.NaN;
      return measure === 'yDif' ? Math.exp(value) : value;
    },
    qcEvents,
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-passes-'));
  const tape = tapeScript(2500, 31, 0.1);
  const a = await makePass(
    played(tape, { seed: 32, frames: frames.a }),
    [found('video-dropout', 440), found('video-dropout', 1900)],
    { identifier: 'A-1' },
  );
  const curvesB = played(tape, { seed: 33, frames: frames.b, gain: 0.9 });
  const eventsB = [found('video-dropout', 501), found('tracking-error', 900, 'fail')];
  passIds = {
    a,
    b: await makePass(curvesB, eventsB, { identifier: 'A-1', besides: a }),
    ofOtherTape: await makePass(curvesB, eventsB, { identifier: 'A-2' }),
  };
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
  await core?.close();
  await rm(folder, { recursive: true, force: true });
});

it('aligns two passes and judges them against each other, through the contract', async () => {
  const client = createRouterClient(core.router, { context: core.context('reviewer') });
  const pair = { passIdA: passIds.a, passIdB: passIds.b };
  const alignment = await client.compare.align(pair);
  expect(alignment.stretches.map(({ offsetFrames }) => offsetFrames)).toEqual([60, 51]);
  expect(Math.abs((alignment.stretches[1]?.startFrameA ?? 0) - 1349)).toBeLessThanOrEqual(5);
  expect(alignment.confidence).toBeGreaterThan(0.9);
  // Their masters are empty files: nothing can be heard.
  expect(alignment.soundOffsetMs).toBeNull();
  const compared = await client.compare.passes(pair);
  expect(compared.alignment).toEqual(alignment);
  expect(
    compared.findings.map(({ check, origin, a, b }) => [check, origin, a?.startFrame, b?.startFrame]),
  ).toEqual([
    ['video-dropout', 'tape', 440, 501],
    ['tracking-error', 'playback', undefined, 900],
    ['video-dropout', 'playback', 1900, undefined],
  ]);
  expect(compared.proposal.choose).toBe('a');
  const byHand = await client.compare.passes({ ...pair, offsetFrames: -5 });
  expect(byHand.alignment.stretches).toEqual([{ startFrameA: 5, frames: 2391, offsetFrames: -5 }]);
  expect(byHand.alignment).toMatchObject({ confidence: 0, isByHand: true });
});

it('refuses what cannot be compared, with what to do', async () => {
  const client = createRouterClient(core.router, { context: core.context('reviewer') });
  const same = { passIdA: passIds.a, passIdB: passIds.a };
  await expect(client.compare.align(same)).rejects.toThrow('cannot be compared with itself');
  const tapes = { passIdA: passIds.a, passIdB: passIds.ofOtherTape };
  for (const pair of [tapes, { ...tapes, offsetFrames: 0 }]) {
    await expect(client.compare.passes(pair)).rejects.toThrow('passes of two tapes, A-1 and A-2');
  }
  await expect(client.compare.align(tapes)).rejects.toMatchObject({ data: { code: 'INVALID_INPUT' } });
  await expect(client.compare.certify({ passId: passIds.a })).rejects.toThrow('has no access copy');
  await expect(client.compare.certificates({ passId: passIds.a })).resolves.toEqual([]);
  const far = { passIdA: passIds.a, passIdB: passIds.b, offsetFrames: 9999 };
  await expect(client.compare.passes(far)).rejects.toThrow('these passes share none');
});

it('aligns long passes in a thread of their own, with the same outcome', async () => {
  const { mastersDir, derivedDir, cacheDir } = dataFolder(join(folder, 'data'));
  const pathOf = (passId: PassId) =>
    join(derivedFolder({ mastersDir, derivedDir, cacheDir }, passId), 'samples.arrows');
  const order = { a: pathOf(passIds.a), b: pathOf(passIds.b) };
  expect(await alignApart(order, 1)).toEqual(await alignApart(order));
});
