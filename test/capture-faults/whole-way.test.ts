import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFrameService } from '#core/compare/frames/frame-service.ts';
import { numberIn } from '#core/compare/frames/numbered-media.fixture.ts';
import type { PictureFile } from '#core/compare/frames/picture.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { masterFrameOf } from '#shared/domain/access-frames.ts';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
import { ffmpeg, openStation, smallRecipe } from './station.ts';
import { cardOf } from './tape-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-way-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('this machine is fast enough for the tests that are paced by the clock', async () => {
  const recipePath = join(folder, 'pace.json');
  await writeFile(recipePath, JSON.stringify(smallRecipe({ segments: [{ content: 'scene', seconds: 2 }] })));
  const station = await openStation(join(folder, 'pace'));
  const { speed, message } = await station.capture.budget({
    selection: { sourceId: 'simulator', argument: recipePath },
    sourceId: `simulator:${recipePath}`,
    profileId: undefined,
    durationS: 60,
  });
  process.stdout.write(`paced tests record 192x144 PAL with 4 channels. ${message}\n`);
  expect(speed).toBeGreaterThan(2);
  await station.close();
});

test.concurrent('a tape is recorded, followed, sealed and all its files are registered', async () => {
  const recipePath = join(folder, 'recipe.json');
  await writeFile(recipePath, JSON.stringify(smallRecipe({ segments: [{ content: 'scene', seconds: 3 }] })));
  const station = await openStation(join(folder, 'data'));
  const { tapeId, operatorId } = station.tape('A-1');
  const told: number[] = [];
  station.capture.onDidChange((session) => told.push(session.frames));
  const armed = await station.capture.arm({
    tapeId,
    selection: { sourceId: 'simulator', argument: recipePath },
    sourceId: `simulator:${recipePath}`,
    profileId: undefined,
    chainName: 'BVU-950',
    operatorId,
    durationS: undefined,
  });
  expect(armed.state).toBe('prepared');
  const started = await station.capture.record(armed.passId, operatorId);
  expect(started.state).toBe('recording');
  const pass = await station.capture.whenSettled(armed.passId);
  expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
  expect(pass).toMatchObject({ state: 'sealed', frames: 75, droppedFrames: 0, endReason: 'source-ended' });
  const numbers = await readFrameNumbers(station.masterOf(pass.id), ffmpeg);
  expect(numbers).toEqual(Array.from({ length: 75 }, (_, frame) => frame));
  const roles = station.stores.files.ofPass(pass.id).map(({ role }) => role);
  expect(roles.sort()).toEqual(
    [
      'access',
      'audio-hashes',
      'decoded-audio-hashes',
      'decoded-frame-hashes',
      'frame-hashes',
      'master',
      'recorder-log',
      'samples',
      'seal',
      'timecode',
    ].sort(),
  );
  // Nothing that was needed only while it ran is left; the card's last word is.
  expect((await readdir(join(station.folders.mastersDir, 'A-1'))).sort()).toEqual(
    ['audiomd5', 'card.json', 'framemd5', 'mkv', 'recorder.json', 'recorder.log', 'seal.json']
      .concat('timecode.txt')
      .map((ending) => `A-1_p1.${ending}`),
  );
  const derived = await readdir(join(station.folders.derivedDir, pass.id));
  expect(derived.sort()).toEqual(
    ['decoded.audiomd5', 'decoded.framemd5', 'mp4', 'samples.arrows']
      .map((ending) => `A-1_p1.${ending}`)
      .concat('thumbnails'),
  );
  expect(await cardOf(station, 'A-1')).toMatchObject({ state: 'ended', capturedFrames: 75 });
  const { tags } = await probe(ffmpeg.ffprobePath, station.masterOf(pass.id));
  const named = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]));
  expect(named).toMatchObject({
    title: 'A-1: A test tape',
    catalog_number: 'A-1',
    encoded_by: operatorId,
    helical_pass_id: pass.id,
    timecode: '10:00:00:00',
  });
  expect(named['encoder_settings']).toMatch(/^BVU-950; .*ffmpeg/);
  expect(named['helical_log_head']).toMatch(/^\d+:[0-9a-f]{64}$/);
  expect(told.length).toBeGreaterThan(3);
  const access = join(station.folders.derivedDir, pass.id, 'A-1_p1.mp4');
  await framesAreTheirOwn(
    { key: 'master', path: station.masterOf(pass.id), frames: 75 },
    75,
    (frame) => frame,
  );
  await framesAreTheirOwn({ key: 'access', path: access, frames: undefined }, 150, (frame) => {
    return masterFrameOf(pass.video, frame).frame;
  });
  await station.close();
});

/** Asks for frames at both ends and within, both ways, and reads the tape's number in each. */
async function framesAreTheirOwn(
  file: PictureFile,
  frames: number,
  numberOf: (frame: number) => number,
): Promise<void> {
  const service = createFrameService({ ffmpeg });
  for (const frame of [0, 1, 2, frames - 1, frames - 2, frames - 3, 40]) {
    const picture = await service.picture(file, frame);
    expect([frame, picture.header.frames, numberIn(picture, 192)]).toEqual([frame, frames, numberOf(frame)]);
  }
  await service.close();
}

test.concurrent('a length that was set is kept to the frame; what was given up is not recorded', async () => {
  const recipePath = join(folder, 'long.json');
  await writeFile(recipePath, JSON.stringify(smallRecipe()));
  const station = await openStation(join(folder, 'length'));
  const { tapeId, operatorId } = station.tape('B-1');
  const request = {
    tapeId,
    selection: { sourceId: 'simulator', argument: recipePath },
    sourceId: `simulator:${recipePath}`,
    profileId: undefined,
    chainName: '',
    operatorId,
    durationS: 1.2,
  };
  const givenUp = await station.capture.arm(request);
  const gone: string[] = [];
  station.capture.onDidChange((session, isGone) => {
    if (isGone) gone.push(session.passId);
  });
  await station.capture.disarm(givenUp.passId, operatorId);
  expect(station.stores.passes.find(givenUp.passId)).toMatchObject({
    state: 'failed',
    failReason: 'disarmed',
  });
  expect(gone).toEqual([givenUp.passId]);
  expect(await readdir(join(station.folders.mastersDir, 'B-1'))).toEqual([]);
  expect(station.capture.sessions()).toEqual([]);
  await expect(station.capture.record(givenUp.passId, operatorId)).rejects.toMatchObject({
    code: 'WRONG_STATE',
  });

  const { passId, passNumber } = await station.capture.arm(request);
  expect(passNumber).toBe(2);
  await expect(station.capture.stop(passId, operatorId)).rejects.toMatchObject({ code: 'WRONG_STATE' });
  await station.capture.record(passId, operatorId);
  await expect(station.capture.record(passId, operatorId)).rejects.toMatchObject({ code: 'WRONG_STATE' });
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'sealed', frames: 30, endReason: 'duration' });
  expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(
    Array.from({ length: 30 }, (_, n) => n),
  );
  await station.close();
});

test.concurrent('a DV tape is kept as it is, byte for byte, and sealed like the others', async () => {
  const path = join(folder, 'tape.dv');
  const made = await runTool(ffmpeg.ffmpegPath, [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=720x576:r=25:d=2,format=yuv420p'],
    ...['-f', 'lavfi', '-i', 'aevalsrc=0.1*sin(900*t)|0.2*sin(700*t):s=48000:d=2', '-target', 'pal-dv', path],
  ]);
  expect(made.reason).toBe('finished');
  const station = await openStation(join(folder, 'dv'));
  const { tapeId, operatorId } = station.tape('DV-1');
  const { passId } = await station.capture.arm({
    tapeId,
    selection: { sourceId: 'file', argument: path },
    sourceId: `file:${path}`,
    profileId: undefined,
    chainName: '',
    operatorId,
    durationS: undefined,
  });
  await station.capture.record(passId, operatorId);
  const pass = await station.capture.whenSettled(passId);
  expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
  expect(pass).toMatchObject({ state: 'sealed', frames: 50, endReason: 'source-ended' });
  const back = join(folder, 'back.dv');
  const argv = [
    '-v',
    'error',
    '-i',
    station.masterOf(passId),
    '-map',
    '0:v',
    '-c',
    'copy',
    '-f',
    'rawvideo',
    back,
  ];
  expect((await runTool(ffmpeg.ffmpegPath, argv)).reason).toBe('finished');
  expect((await readFile(back)).equals(await readFile(path))).toBe(true);
  await station.close();
});
