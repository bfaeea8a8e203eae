import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probe } from '#core/ffmpeg/probe.ts';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
import { seeded } from './seeded.ts';
import {
  counted,
  ffmpeg,
  openStation,
  recordTape,
  type Station,
  smallRecipe,
  until,
  untilFrames,
} from './station.ts';
import { cardOf, crashedMaster, recordOf, toldByCard } from './tape-files.ts';

const kills = Number(process.env['HELICAL_EARLY_KILLS'] ?? 8);
const seed = Number(process.env['HELICAL_SEED'] ?? 20261122);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-early-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Whole frames with their sound in the file of a dead recorder, as ffprobe and the lists tell: the upper bound of what can be kept. */
async function framesOnDisk(station: Station, identifier: string): Promise<number> {
  const base = join(station.folders.mastersDir, identifier, `${identifier}_p1`);
  const rowsOf = async (path: string) => {
    const text = await readFile(path, 'utf8').catch(() => '');
    return text.split('\n').filter((line) => /^0,.*[0-9a-f]{32}$/.test(line)).length;
  };
  const crashed = await crashedMaster(base);
  const found = await probe(ffmpeg.ffprobePath, crashed, { countPackets: true }).catch(() => undefined);
  const packets = found ? [...found.video, ...found.audio].map(({ packetCount }) => packetCount ?? 0) : [0];
  // A block of sound is as long as a PAL frame.
  return Math.min(...packets, await rowsOf(`${base}.framemd5`), await rowsOf(`${base}.audiomd5`));
}

test(`a recorder killed within its first second (${kills} times, seed ${seed}): what was on the disk is kept, the rest is stated`, async () => {
  const station = await openStation(join(folder, 'early'));
  const random = seeded(seed);
  const outcomes: string[] = [];
  // The first one at once: before the recorder has opened any file.
  const waiting = Array.from({ length: kills }, (_, kill) => ({
    kill,
    moment: kill === 0 ? 0 : (900 * (kill - 1 + random())) / (kills - 1),
  }));

  async function killAt({ kill, moment }: { kill: number; moment: number }): Promise<void> {
    const identifier = `N-${kill}`;
    const { passId } = await recordTape(station, identifier, smallRecipe());
    const { process: running } = await recordOf(station, identifier);
    await wait(moment);
    process.kill(running?.pid as number, 'SIGKILL');
    const pass = await station.capture.whenSettled(passId);
    const { capturedFrames } = await cardOf(station, identifier);
    const onDisk = await framesOnDisk(station, identifier);
    expect(pass).toMatchObject({ lossBasis: 'card', droppedFrames: 0 });
    expect(pass.frames + pass.lostFrames).toBe(capturedFrames);
    expect(pass.lostFrames / 25).toBeLessThanOrEqual(0.5);
    expect(pass.frames).toBeLessThanOrEqual(onDisk);
    // The last picture is half a frame longer than its sound at most.
    expect(pass.frames).toBeGreaterThanOrEqual(onDisk - 1);
    outcomes[kill] = `${pass.frames}+${pass.lostFrames}`;
    if (pass.frames === 0) {
      expect(pass).toMatchObject({ state: 'failed', failReason: 'nothing-recorded' });
      return;
    }
    expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
    expect(pass).toMatchObject({ state: 'sealed', endReason: 'recorder-died' });
    expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(pass.frames));
  }

  // Two at a time: while one pass is mended and sealed, the next one plays.
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await killAt(next);
  };
  await Promise.all([work(), work()]);
  process.stdout.write(`frames kept + lost at ${kills} early kills: ${outcomes.join(' ')}\n`);
  await station.close();
});

test.concurrent.each([
  { name: 'the card holds what came meanwhile', queueFrames: 50 },
  { name: 'the card has begun to drop frames', queueFrames: 15 },
])(
  'a recorder killed while it is behind ($name): every frame is kept, dropped or lost',
  async ({ queueFrames }) => {
    const station = await openStation(join(folder, `behind-${queueFrames}`));
    const { passId } = await recordTape(station, 'B-1', smallRecipe({ queueFrames }));
    await untilFrames(station, passId, 25);
    const { process: running, cardReportPath } = await recordOf(station, 'B-1');
    process.kill(running?.pid as number, 'SIGSTOP');
    await wait(1_000);
    await until('the queue holds frames', async () => {
      const card = await toldByCard(cardReportPath);
      return queueFrames === 15 ? card.droppedFrames > 3 : card.queuedFrames > 10;
    });
    process.kill(running?.pid as number, 'SIGKILL');
    const pass = await station.capture.whenSettled(passId);
    const card = await cardOf(station, 'B-1');
    expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
    expect(pass).toMatchObject({ state: 'sealed', endReason: 'recorder-died', lossBasis: 'card' });
    expect(pass.droppedFrames).toBe(card.droppedFrames);
    expect(pass.lostFrames).toBeGreaterThanOrEqual(card.queuedFrames);
    expect(pass.frames + pass.lostFrames + pass.droppedFrames).toBe(card.capturedFrames);
    expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(pass.frames));
    await station.close();
  },
);
