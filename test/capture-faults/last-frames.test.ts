import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSealFile } from '#core/essence/seal-file.ts';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
import { ffmpeg, openStation, recordTape, smallRecipe, until, untilFrames } from './station.ts';
import { cardOf, recordOf, toldByCard } from './tape-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-last-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const queueFrames = 25;
const tape = (seconds: number) => smallRecipe({ queueFrames, segments: [{ content: 'scene', seconds }] });

/** A recorder that stands still until the card has taken so many frames off the tape and thrown some of them away. */
async function standStill(
  station: Awaited<ReturnType<typeof openStation>>,
  passId: string,
  tapeFrames: number,
) {
  await untilFrames(station, passId, 20);
  const { process: running, cardReportPath } = await recordOf(station, 'T-1');
  const pid = running?.pid as number;
  process.kill(pid, 'SIGSTOP');
  await until('the card has thrown frames away', async () => {
    const card = await toldByCard(cardReportPath);
    return card.droppedFrames > 10 && card.capturedFrames >= tapeFrames;
  });
  return pid;
}

const kindsOf = (pass: { alarms: { kind: string }[] }) => pass.alarms.map(({ kind }) => kind);
const brokenOf = (pass: { sealChecks: { ok: boolean; id: string }[] }) =>
  pass.sealChecks.filter(({ ok }) => !ok).map(({ id }) => id);

// Nothing comes behind what was lost: no gap in time shows it, and picture and sound end together.
test.each([
  { name: 'the tape', seconds: 5, durationS: undefined, endReason: 'source-ended' },
  { name: 'the planned length', seconds: 60, durationS: 5, endReason: 'duration' },
])('frames that the card loses at the end of $name: counted, told, and never sealed', async (end) => {
  const station = await openStation(join(folder, end.name));
  const { durationS, endReason } = end;
  const { passId } = await recordTape(station, 'T-1', tape(end.seconds), { durationS });
  const pid = await standStill(station, passId, 125);
  process.kill(pid, 'SIGCONT');
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'failed', failReason: 'seal-check-failed', endReason });
  expect(pass.frames + pass.droppedFrames).toBe(125);
  expect(brokenOf(pass)).toContain('frames-lost');
  expect(kindsOf(pass)).toContain('frames-dropped');
  const numbers = await readFrameNumbers(station.masterOf(passId), ffmpeg);
  expect(numbers.at(-1)).toBeLessThan(124);
  const lastInWords = `no gap in time shows: ${124 - (numbers.at(-1) as number)}.`;
  expect(pass.alarms.map(({ message }) => message).join()).toContain(lastInWords);
  const seal = await readSealFile(station.masterOf(passId));
  expect(seal).toMatchObject({ sealed: false, framesDropped: pass.droppedFrames });
  await station.close();
});

const signalInterrupt = 1 << 1;

/** Linux tells which signals wait for a process that stands still. */
test.skipIf(process.platform !== 'linux')(
  'a stop while the card loses frames, of a recorder that takes nothing more: what it left is lost, and never sealed',
  async () => {
    const station = await openStation(join(folder, 'stop'));
    const { passId, operatorId } = await recordTape(station, 'T-1', tape(60));
    const pid = await standStill(station, passId, 0);
    const stopping = station.capture.stop(passId, operatorId);
    await until('the recorder is told to end', async () => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      const pending = /^ShdPnd:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0';
      return (Number.parseInt(pending, 16) & signalInterrupt) !== 0;
    });
    process.kill(pid, 'SIGCONT');
    await stopping;
    const pass = await station.capture.whenSettled(passId);
    const card = await cardOf(station, 'T-1');
    expect(pass).toMatchObject({ state: 'failed', endReason: 'operator' });
    expect(brokenOf(pass)).toContain('frames-lost');
    expect(kindsOf(pass)).toContain('frames-dropped');
    // What the card lost after the stop was asked for is no loss of this pass.
    expect(pass.frames + pass.droppedFrames).toBeLessThan(card.capturedFrames);
    expect(pass.droppedFrames).toBeGreaterThan(10);
    await station.close();
  },
);
