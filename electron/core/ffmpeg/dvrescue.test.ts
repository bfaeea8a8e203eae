import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { locateDvrescue, writeDvReport } from './dvrescue.ts';
import { fakeDvrescue } from './fake-dvrescue.fixture.ts';
import { locateFfmpeg } from './locate.ts';
import { runTool } from './run.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-dvrescue-'));
const { ffmpegPath } = await locateFfmpeg();
afterAll(() => rm(folder, { recursive: true, force: true }));
const dv = join(folder, 'tape.mkv');
await runTool(ffmpegPath, [
  ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=720x576:rate=25:duration=0.4,format=yuv420p'],
  ...['-c:v', 'dvvideo', dv],
]);
const working = await fakeDvrescue(join(folder, 'dvrescue.mjs'));
const failing = await fakeDvrescue(join(folder, 'failing.mjs'), true);
const job = (dvrescuePath: string, name: string) => ({
  ...{ ffmpegPath, dvrescuePath, masterPath: dv, reportPath: join(folder, name) },
  signal: new AbortController().signal,
});

it('hands every frame of a master over, as it is', async () => {
  await writeDvReport(job(working, 'a.xml'));
  expect(await readFile(join(folder, 'a.xml'), 'utf8')).toContain('<frames count="10"');
});

it('says how a reader that breaks ended, in its own words', async () => {
  await expect(writeDvReport(job(failing, 'b.xml'))).rejects.toMatchObject({
    code: 'FFMPEG_FAILED',
    problem: expect.stringMatching(/dvrescue ended with code 3.*it broke/),
    safe: 'The master is whole.',
  });
  await expect(writeDvReport(job(join(folder, 'nowhere'), 'c.xml'))).rejects.toMatchObject({
    problem: expect.stringContaining('dvrescue cannot be started'),
  });
});

it('stops when it is told to', async () => {
  const aborted = AbortSignal.abort(new Error('closed'));
  await expect(writeDvReport({ ...job(working, 'd.xml'), signal: aborted })).rejects.toThrow('closed');
});

it('finds the program that was named, on the PATH, or none', async () => {
  expect(await locateDvrescue({ HELICAL_DVRESCUE: working })).toBe(working);
  await expect(locateDvrescue({ HELICAL_DVRESCUE: join(folder, 'nowhere') })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  const bin = await fakeDvrescue(join(folder, process.platform === 'win32' ? 'dvrescue.exe' : 'dvrescue'));
  expect(await locateDvrescue({ PATH: folder })).toBe(bin);
});
