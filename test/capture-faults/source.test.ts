import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probe } from '#core/ffmpeg/probe.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
import { counted, ffmpeg, openStation, recordTape, type Station, smallRecipe, until } from './station.ts';
import { cardOf } from './tape-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-source-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A short tape whose card misbehaves. */
function faulty(cardFaults: object[], changes: object = {}): object {
  return smallRecipe({ channels: 2, segments: [{ content: 'scene', seconds: 3 }], cardFaults, ...changes });
}

async function record(station: Station, identifier: string, recipe: object): Promise<Pass> {
  const { passId } = await recordTape(station, identifier, recipe);
  return station.capture.whenSettled(passId);
}

const kindsOf = (pass: Pass) => pass.alarms.map(({ kind }) => kind);
const brokenOf = (pass: Pass) => pass.sealChecks.filter(({ ok }) => !ok).map(({ id }) => id);
const numbersOf = (station: Station, pass: Pass) => readFrameNumbers(station.masterOf(pass.id), ffmpeg);

test.concurrent('a card that is pulled out: what came is sealed, the end named; back again, it is recorded as another pass', async () => {
  const station = await openStation(join(folder, 'gone'));
  const recipe = faulty([{ kind: 'device-gone', atFrame: 50, returnsAfterS: 1 }]);
  const pass = await record(station, 'G-1', recipe);
  expect(brokenOf(pass)).toEqual([]);
  expect(pass).toMatchObject({ state: 'sealed', endReason: 'device-gone' });
  expect(pass.frames + pass.droppedFrames).toBe(50);
  // The kernel held four frames at most.
  expect(pass.frames).toBeGreaterThan(45);
  expect(await numbersOf(station, pass)).toEqual(counted(pass.frames));
  const [alarm] = pass.alarms;
  expect(alarm).toMatchObject({ kind: 'device-gone' });
  expect(alarm?.message).toBe(
    `${pass.frames} frames are in the master. The simulated card was pulled out when it had taken 50 frames.`,
  );
  expect((await cardOf(station, 'G-1')).state).toBe('gone');

  const again = await until('the card is back', () =>
    recordTape(station, 'G-1', recipe).catch((error: { code?: string }) => {
      if (error.code !== 'DEVICE_FAILED') throw error;
      return undefined;
    }),
  );
  const second = await station.capture.whenSettled(again.passId);
  expect(second).toMatchObject({ state: 'sealed', endReason: 'source-ended', passNumber: 2, frames: 75 });
  await station.close();
});

test.concurrent('garbage between whole frames: they are recorded as they came, and those that are none are named', async () => {
  const station = await openStation(join(folder, 'garbage'));
  const garbage = (atFrame: number, as: string) => ({ kind: 'garbage', atFrame, frames: 3, as });
  const pass = await record(
    station,
    'B-1',
    faulty([
      ...[garbage(10, 'noise'), garbage(20, 'torn'), garbage(30, 'long'), garbage(40, 'zero')],
      garbage(60, 'short'),
    ]),
  );
  const missing = [60, 61, 62];
  expect(pass).toMatchObject({ endReason: 'source-ended', frames: 72, droppedFrames: 3 });
  // A noisy and an empty picture carry no number; they are there all the same, each at its place.
  const numberless = [10, 11, 12, 40, 41, 42];
  const expected = counted(75).filter((frame) => !missing.includes(frame));
  expect(await numbersOf(station, pass)).toEqual(
    expected.map((frame) => (numberless.includes(frame) ? undefined : frame)),
  );
  // A master with a gap is kept, and never called sealed.
  expect(pass).toMatchObject({ state: 'failed', failReason: 'seal-check-failed' });
  expect(brokenOf(pass)).toEqual(['timestamps', 'audio-length']);
  const told = pass.alarms.filter(({ kind }) => kind === 'frames-unreadable');
  expect(told.at(-1)?.message).toContain('3 came broken or not at all: frame 60 to 62.');
  // A reviewer finds the place by the frame that stands behind the gap.
  const lost = station.stores.qc.latest(pass.id)?.events.filter(({ check }) => check === 'dropped-frame');
  expect(lost?.map(({ startFrame, evidence }) => [startFrame, evidence['lostFrames']])).toEqual([[60, 3]]);
  await station.close();
});

test.concurrent('a stream that is damaged on its way: reading goes on behind it, and every frame is recorded or named', async () => {
  const station = await openStation(join(folder, 'stream'));
  const pass = await record(
    station,
    'W-1',
    faulty([{ kind: 'garbage', atFrame: 60, frames: 3, as: 'stream' }]),
  );
  expect(pass.frames).toBeGreaterThan(65);
  expect(pass.droppedFrames).toBeGreaterThan(0);
  expect(pass.frames + pass.droppedFrames).toBe(75);
  const numbers = await numbersOf(station, pass);
  expect(numbers.at(-1)).toBe(74);
  expect(kindsOf(pass)).toContain('frames-unreadable');
  await station.close();
});

test.concurrent('sound that is announced and never comes ends the recording soon, with every picture on the disk', async () => {
  const station = await openStation(join(folder, 'mute'), { limits: { soundWithinMs: 1_500 } });
  const pass = await record(station, 'A-1', faulty([{ kind: 'audio-missing', atFrame: 0 }]));
  expect(pass).toMatchObject({
    state: 'failed',
    failReason: 'seal-check-failed',
    endReason: 'audio-missing',
    droppedFrames: 0,
  });
  expect(pass.alarms.at(-1)).toMatchObject({ kind: 'audio-missing' });
  expect(pass.frames).toBeGreaterThan(30);
  expect(await numbersOf(station, pass)).toEqual(counted(pass.frames));
  expect(brokenOf(pass)).toContain('audio-length');
  const { audio } = await probe(ffmpeg.ffprobePath, station.masterOf(pass.id), { countPackets: true });
  expect(audio.map(({ channels, packetCount = 0 }) => ({ channels, packetCount }))).toEqual([
    { channels: 2, packetCount: 0 },
  ]);
  await station.close();
});

test.concurrent.each([
  { name: 'comes late', fault: { kind: 'audio-missing', atFrame: 0, frames: 30 } },
  { name: 'goes away in mid tape', fault: { kind: 'audio-missing', atFrame: 45 } },
])(
  'sound that $name: every picture is recorded, and the seal says that sound is short',
  async ({ name, fault }) => {
    const station = await openStation(join(folder, name));
    const pass = await record(station, 'A-2', faulty([fault]));
    expect(pass).toMatchObject({ endReason: 'source-ended', frames: 75, droppedFrames: 0 });
    expect(await numbersOf(station, pass)).toEqual(counted(75));
    expect(pass).toMatchObject({ state: 'failed', failReason: 'seal-check-failed' });
    expect(brokenOf(pass)).toEqual(['audio-length']);
    await station.close();
  },
);

test.concurrent.each(['no-frame', 'no-header'])(
  'a source that never starts (%s) is ended by whoever waited',
  async (as) => {
    const station = await openStation(join(folder, as), { limits: { sourceWithinMs: 1_000 } });
    const recipe = faulty([{ kind: 'never-starts', as }]);
    const stop = async () => {
      const { passId, operatorId } = await recordTape(station, 'N-1', recipe);
      await station.capture.stop(passId, operatorId);
      return station.capture.whenSettled(passId);
    };
    const [stopped, waited] = await Promise.all([stop(), record(station, 'N-2', recipe)]);
    for (const [pass, endReason] of [
      [stopped, 'operator'],
      [waited, 'source-stalled'],
    ] as const) {
      expect(pass).toMatchObject({ state: 'failed', failReason: 'nothing-recorded', endReason, frames: 0 });
      expect(kindsOf(pass)).not.toContain('recorder-died');
    }
    expect(waited.alarms).toMatchObject([{ kind: 'source-stalled' }]);
    await station.close();
  },
);

test.concurrent('a standard that changes in mid tape ends the pass there: nothing is scaled into the master', async () => {
  const station = await openStation(join(folder, 'standard'));
  const to = { standard: 'NTSC', width: 192, height: 120 };
  async function change(as: string): Promise<void> {
    const fault = { kind: 'standard-change', atFrame: 50, to, as };
    const pass = await record(
      station,
      `S-${as}`,
      faulty([fault], { segments: [{ content: 'scene', seconds: 30 }] }),
    );
    expect(pass).toMatchObject({ endReason: 'standard-changed' });
    expect(pass.alarms.find(({ kind }) => kind === 'standard-changed')?.message).toBe(
      'From frame 50 on the tape is in NTSC, 192x120 at 29.97 frames a second.',
    );
    expect((await numbersOf(station, pass)).slice(0, 50)).toEqual(counted(50));
    expect(pass.frames).toBeLessThan(250);
    // Pictures of a size that the card was not opened for cannot be read, while their sound goes on.
    expect(brokenOf(pass)).toEqual(as === 'no-signal' ? [] : ['audio-length']);
    expect(pass.frames).toBeGreaterThanOrEqual(50);
    if (as === 'new-raster') expect(pass.frames).toBe(50);
  }
  await Promise.all([change('no-signal'), change('new-raster')]);
  await station.close();
});

const tone = ['-f', 'lavfi', '-i', 'aevalsrc=0.1*sin(900*t)|0.1*sin(700*t):s=48000:d=2', '-c:a', 'mp2'];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-pix_fmt', 'yuv422p10le'];
const mpeg2 = ['-c:v', 'mpeg2video', '-g', '5', '-bf', '0', '-pix_fmt', 'yuv420p'];

test.concurrent.each([
  { name: 'encoded', sound: tone, codec: h264 },
  // Without sound: a recovery cannot cut coded sound to a frame yet.
  { name: 'kept as it is', sound: [], codec: mpeg2 },
])(
  'a file whose raster changes ($name) is recorded up to there, unscaled, and sealed',
  async ({ name, sound, codec }) => {
    const parts: Buffer[] = [];
    for (const raster of ['192x144', '192x120']) {
      const path = join(folder, `${name} ${raster}.ts`);
      const made = await runTool(ffmpeg.ffmpegPath, [
        ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc2=s=${raster}:r=25:d=2`, ...sound, ...codec],
        ...['-f', 'mpegts', path],
      ]);
      expect(made.reason).toBe('finished');
      parts.push(await readFile(path));
    }
    const path = join(folder, `${name}.ts`);
    await writeFile(path, Buffer.concat(parts));
    const station = await openStation(join(folder, `raster ${name}`));
    const { tapeId, operatorId } = station.tape('F-1');
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
    expect(pass).toMatchObject({ endReason: 'standard-changed' });
    expect(kindsOf(pass)).toContain('standard-changed');
    // A few decoded pictures may still be on their way when the next one ends the recorder (47 to 50 seen, ffmpeg 5.1).
    expect(pass.frames).toBeGreaterThanOrEqual(45);
    expect(pass.frames).toBeLessThanOrEqual(50);
    expect(brokenOf(pass)).toEqual([]);
    expect(pass.state).toBe('sealed');
    await station.close();
  },
);
