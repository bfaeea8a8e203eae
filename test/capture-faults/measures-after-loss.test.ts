import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checks } from '#core/qc/checks/registry.ts';
import { measureSeries } from '#core/qc/measure-file.ts';
import { readSampleStore } from '#core/qc/sample-reader.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { QcEvent } from '#shared/domain/qc.ts';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
import {
  counted,
  ffmpeg,
  openStation,
  qcProfiles,
  recordTape,
  type Station,
  smallRecipe,
  until,
  untilFrames,
} from './station.ts';
import { cardOf, recordOf, toldByCard } from './tape-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-loss-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Place {
  atFrame: number;
  frames: number;
}

/** Frames of a tape without any sound, again and again: long enough for a silence, and short enough for a dropout. */
function pausesFrom(first: number, times: number): Place[] {
  return counted(times).flatMap((time) => [
    { atFrame: first + 100 * time, frames: 55 },
    { atFrame: first + 100 * time + 65, frames: 5 },
  ]);
}

const tapeWith = (pauses: readonly Place[], seconds: number, changes: object) =>
  smallRecipe({
    raster: { width: 160, height: 96 },
    channels: 2,
    padded: false,
    segments: [{ content: 'scene', seconds }],
    faults: pauses.map((place) => ({ kind: 'silence', ...place })),
    ...changes,
  });

/** Frames of the master in which no channel is louder than silence. */
function silentFrames(series: { frames: number; column(id: string): Float32Array }): number[] {
  const peaks = [1, 2].map((channel) => series.column(`peakDbfs.${channel}`));
  return counted(series.frames).filter((frame) => peaks.every((peak) => (peak[frame] as number) < -60));
}

/**
 * Measures the master of a pass anew, and expects the rows of the pass, with silence beside those pictures that the tape shows during its
 * pauses. Gives what was found in both, and which picture of the tape each of the master is.
 */
async function compareWithFile(station: Station, pass: Pass, pauses: readonly Place[]) {
  const stored = station.stores.qc.latest(pass.id);
  const samples = station.stores.files.ofPass(pass.id).find(({ role }) => role === 'samples');
  const profile = (await qcProfiles()).find(({ id }) => id === stored?.profileId);
  if (!stored || !samples || !profile) throw new Error('the pass was not measured');
  const ofPass = readSampleStore(join(station.folders.derivedDir, pass.id, samples.name));
  const master = station.masterOf(pass.id);
  const numbers = await readFrameNumbers(master, ffmpeg);
  const inFile = await measureSeries(master, profile, ffmpeg, {}, async ({ result, samplesPath }) => {
    const ofFile = readSampleStore(samplesPath);
    expect([ofPass.frames, ofFile.frames]).toEqual([pass.frames, pass.frames]);
    expect(ofPass.measures).toEqual(ofFile.measures);
    const unlike = ofFile.measures.filter(({ id }) => {
      const measured = ofFile.column(id);
      // What was not measured is NaN in both.
      return ofPass.column(id).some((value, frame) => !Object.is(value, measured[frame]));
    });
    expect(unlike.map(({ id }) => id)).toEqual([]);
    return result.events;
  });
  const isPause = (number = -1) =>
    pauses.some(({ atFrame, frames }) => number >= atFrame && number < atFrame + frames);
  // But the last one: where the operator stops, it may have no sound left of its own.
  const asked = (frame: number) => frame < pass.frames - 1;
  expect(silentFrames(ofPass).filter(asked)).toEqual(
    counted(pass.frames).filter((frame) => asked(frame) && isPause(numbers[frame])),
  );
  return { numbers, inPass: stored.events, inFile };
}

const media = new Map<string, string>(checks.map(({ id, medium }) => [id, medium]));
const soundOf = (events: readonly QcEvent[]) => events.filter(({ check }) => media.get(check) === 'audio');
const placesOf = (events: readonly QcEvent[], asked: string) =>
  events.filter(({ check }) => check === asked).map(({ startFrame, endFrame }) => [startFrame, endFrame]);

test.concurrent('frames that a full card lost, picture and sound: the pass is measured as its file is', async () => {
  const station = await openStation(await mkdtemp(join(folder, 'full-')));
  const pauses = pausesFrom(70, 28);
  // The card holds half a second; the recorder stands still for longer.
  const recipe = tapeWith(pauses, 120, { queueFrames: 25, speed: 2 });
  const { passId, operatorId } = await recordTape(station, 'M-1', recipe);
  await untilFrames(station, passId, 12);
  const { process: running, cardReportPath } = await recordOf(station, 'M-1');
  process.kill(running?.pid as number, 'SIGSTOP');
  const { capturedFrames } = await until('the card drops frames', async () => {
    const card = await toldByCard(cardReportPath);
    return card.droppedFrames > 10 ? card : undefined;
  });
  process.kill(running?.pid as number, 'SIGCONT');
  // Pauses are nearer to each other: sound stops or begins behind the loss, wherever that was.
  await untilFrames(station, passId, capturedFrames + 60);
  await station.capture.stop(passId, operatorId);
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'failed', failReason: 'seal-check-failed', endReason: 'operator' });
  const { numbers, inPass, inFile } = await compareWithFile(station, pass, pauses);
  const [drop] = (await cardOf(station, 'M-1')).drops;
  if (!drop) throw new Error('nothing was lost');
  expect(numbers[drop.firstFrame]).toBe(drop.firstFrame + drop.frames);
  expect(soundOf(inPass)).toEqual(soundOf(inFile));
  expect(placesOf(inPass, 'av-length')).toEqual([]);
  await station.close();
});

test.concurrent('pictures that came broken while their sound went on: the pass is measured as its file is', async () => {
  const station = await openStation(await mkdtemp(join(folder, 'broken-')));
  const pauses = pausesFrom(50, 1);
  const cardFaults = [{ kind: 'garbage', atFrame: 20, frames: 20, as: 'short' }];
  // It waits for its reader, and loses nothing else on any machine.
  const { passId } = await recordTape(station, 'M-2', tapeWith(pauses, 5, { pace: 'unpaced', cardFaults }));
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'failed', frames: 105, droppedFrames: 20 });
  const { inPass, inFile } = await compareWithFile(station, pass, pauses);
  expect(inPass).toEqual(inFile);
  expect(placesOf(inPass, 'dropped-frame')).toEqual([[20, 20]]);
  expect(placesOf(inPass, 'silence')).toEqual([[30, 84]]);
  expect(placesOf(inPass, 'audio-dropout')).toEqual([[95, 99]]);
  expect(placesOf(inPass, 'av-length')).toEqual([]);
  await station.close();
});
