import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
import { seeded } from './seeded.ts';
import {
  counted,
  ffmpeg,
  openStation,
  recordTape,
  smallDisk,
  smallRecipe,
  until,
  untilFrames,
} from './station.ts';
import { cardOf, recordOf, toldByCard } from './tape-files.ts';

const kills = Number(process.env['HELICAL_KILLS'] ?? 20);
const seed = Number(process.env['HELICAL_SEED'] ?? 20261122);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-recorder-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test(`a recorder killed at ${kills} random moments (seed ${seed}) costs at most half a second, stated to the frame`, async () => {
  const station = await openStation(join(folder, 'killed'));
  const random = seeded(seed);
  const moments = Array.from({ length: kills }, () => random() * 1000);
  const losses: number[] = [];

  async function killAt(kill: number, moment: number): Promise<void> {
    const identifier = `R-${kill}`;
    const { passId } = await recordTape(station, identifier, smallRecipe());
    // Earlier moments have a test of their own.
    await untilFrames(station, passId, 10);
    const { process: running } = await recordOf(station, identifier);
    await wait(moment);
    process.kill(running?.pid as number, 'SIGKILL');
    const pass = await station.capture.whenSettled(passId);
    expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
    expect(pass).toMatchObject({
      state: 'sealed',
      endReason: 'recorder-died',
      lossBasis: 'card',
      droppedFrames: 0,
    });
    const numbers = await readFrameNumbers(station.masterOf(passId), ffmpeg);
    const card = await cardOf(station, identifier);
    expect(card.state).toBe('reader-gone');
    expect(numbers).toEqual(counted(pass.frames));
    // Frames are counted from 0: what the card took off the tape is what is kept and what is stated as lost.
    expect(pass.frames + pass.lostFrames).toBe(card.capturedFrames);
    expect(pass.lostFrames / 25).toBeLessThanOrEqual(0.5);
    const crashed = station.stores.files.ofPass(passId).find(({ role }) => role === 'master-as-crashed');
    const left = await stat(join(station.folders.mastersDir, identifier, crashed?.name ?? ''));
    expect(left.size).toBe(crashed?.sizeBytes);
    // Whoever doubts the recovery has what it began with: the crashed file, and every hash that was taken.
    const roles = station.stores.files.ofPass(passId).map(({ role }) => role);
    expect(roles).toEqual(
      expect.arrayContaining(['frame-hashes-as-crashed', 'audio-hashes-as-crashed', 'decoded-audio-hashes']),
    );
    losses[kill] = pass.lostFrames;
  }

  // Two at a time: while one pass is mended and sealed, the next one plays.
  const waiting = [...moments.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await killAt(...next);
  };
  await Promise.all([work(), work()]);
  process.stdout.write(`frames lost at ${kills} kills, 192x144: ${losses.join(' ')}\n`);
  await station.close();
});

test.concurrent('a disk of masters that fills up ends the recording in order, and the file is whole', async (context) => {
  const mastersDir = join(folder, 'small');
  const disk = await smallDisk(mastersDir, 24 << 20);
  if (!disk) {
    context.skip('This user may not mount a small disk: a full disk of masters was not tested.');
    return;
  }
  try {
    const station = await openStation(join(folder, 'full'), {
      folders: { mastersDir },
      limits: { reserveFloorBytes: 4 << 20, reserveS: 2 },
    });
    const recipe = smallRecipe({ segments: [{ content: 'noise', seconds: 60 }], channels: 8 });
    const { passId } = await recordTape(station, 'D-1', recipe);
    const pass = await station.capture.whenSettled(passId);
    expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
    expect(pass).toMatchObject({ state: 'sealed', endReason: 'disk-nearly-full', droppedFrames: 0 });
    expect(pass.frames).toBeGreaterThan(25);
    expect(pass.alarms.map(({ kind }) => kind)).toContain('disk');
    expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(pass.frames));
    await station.close();
  } finally {
    await disk.unmount();
  }
});

test.concurrent('stopped by the operator: the file is whole, and marks are where the recorder was', async () => {
  const station = await openStation(join(folder, 'stopped'));
  const { passId, operatorId } = await recordTape(station, 'O-1', smallRecipe());
  await untilFrames(station, passId, 20);
  const { frame } = await station.capture.mark(passId, 'Title', operatorId);
  expect(frame).toBeGreaterThanOrEqual(19);
  const session = await station.capture.stop(passId, operatorId);
  expect(['following', 'sealed']).toContain(session.state);
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'sealed', endReason: 'operator' });
  expect(pass.marks).toMatchObject([{ frame, label: 'Title' }]);
  expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(pass.frames));
  await station.close();
});

test.concurrent('stopped while the recorder is behind: what the card held at that moment is in the master', async () => {
  const station = await openStation(join(folder, 'behind'));
  const { passId, operatorId } = await recordTape(station, 'O-2', smallRecipe({ queueFrames: 250 }));
  await untilFrames(station, passId, 20);
  const { process: running, cardReportPath } = await recordOf(station, 'O-2');
  const pid = running?.pid as number;
  process.kill(pid, 'SIGSTOP');
  await until('the card holds a second', async () => (await toldByCard(cardReportPath)).queuedFrames > 25);
  const { capturedFrames } = await toldByCard(cardReportPath);
  const stopping = station.capture.stop(passId, operatorId);
  await until('the stop is written down', () => station.stores.passes.find(passId)?.state === 'stopping');
  process.kill(pid, 'SIGCONT');
  await stopping;
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'sealed', endReason: 'operator', droppedFrames: 0 });
  expect(pass.frames).toBeGreaterThanOrEqual(capturedFrames);
  expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(pass.frames));
  await station.close();
});

test.concurrent('ended by somebody else, its own count lost: every frame of the master is sealed, and the end is no good one', async () => {
  const station = await openStation(join(folder, 'outside'));
  const { passId } = await recordTape(station, 'O-3', smallRecipe());
  await untilFrames(station, passId, 20);
  await rm(join(station.folders.mastersDir, 'O-3', 'O-3_p1.progress'));
  const { process: running } = await recordOf(station, 'O-3');
  process.kill(running?.pid as number, 'SIGTERM');
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'sealed', endReason: 'ended-from-outside', failReason: null });
  expect(pass.frames).toBeGreaterThanOrEqual(20);
  expect(pass.alarms.map(({ kind }) => kind)).toContain('ended-from-outside');
  expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(pass.frames));
  await station.close();
});

test.concurrent('a recorder that stands still is told of before and when frames are lost, and every lost frame is counted', async () => {
  const station = await openStation(join(folder, 'late'));
  // The card holds one second; the recorder stands still for three.
  const recipe = smallRecipe({ queueFrames: 25, segments: [{ content: 'scene', seconds: 6 }] });
  const { passId } = await recordTape(station, 'L-1', recipe);
  await untilFrames(station, passId, 25);
  const { process: running, cardReportPath } = await recordOf(station, 'L-1');
  process.kill(running?.pid as number, 'SIGSTOP');
  await until('the card drops frames', async () => {
    return (await toldByCard(cardReportPath)).droppedFrames > 25;
  });
  process.kill(running?.pid as number, 'SIGCONT');
  const pass = await station.capture.whenSettled(passId);
  const card = await cardOf(station, 'L-1');
  expect(pass.droppedFrames).toBe(card.droppedFrames);
  const numbers = await readFrameNumbers(station.masterOf(passId), ffmpeg);
  const missing = new Set(
    card.drops.flatMap(({ firstFrame, frames }) => counted(frames).map((n) => n + firstFrame)),
  );
  expect(numbers).toEqual(counted(150).filter((number) => !missing.has(number)));
  // The tape's timecode went on: what the card lost is no break of it.
  expect(pass.timecodeBreaks).toEqual([]);
  const alarms = pass.alarms.map(({ kind }) => kind);
  expect(alarms.indexOf('lag')).toBeGreaterThanOrEqual(0);
  expect(alarms.indexOf('lag')).toBeLessThan(alarms.indexOf('frames-dropped'));
  // A master with a gap is kept, and never called sealed.
  expect(pass).toMatchObject({ state: 'failed', failReason: 'seal-check-failed' });
  const broken = pass.sealChecks.filter((check) => !check.ok).map(({ id }) => id);
  expect(broken).toEqual(['timestamps']);
  await station.close();
});
