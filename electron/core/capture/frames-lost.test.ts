import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCardLine } from '#core/devices/card-problem.ts';
import {
  type EndedRecording,
  framesLost,
  isLengthOver,
  shortOfLength,
  thrownPackets,
} from './frames-lost.ts';
import { passFiles } from './pass-files.ts';

const whole: EndedRecording = {
  reason: 'source-ended',
  frames: 200,
  missingFrames: 0,
  asked: undefined,
  card: { state: 'ended', capturedFrames: 200, droppedFrames: 0 },
  shortFrames: 0,
  thrownPackets: 0,
  hasSound: true,
};
const lastLost = { frames: 184, card: { state: 'ended', capturedFrames: 200, droppedFrames: 16 } } as const;
const asked = { tapeFrames: 200, droppedFrames: 16, basis: 'card', withinMs: 4_000 } as const;
const stopped = {
  reason: 'operator',
  card: { state: 'reader-gone', capturedFrames: 230, droppedFrames: 16 },
} as const;

/** Lost in all, left in the card at a stop, and those behind the last frame. */
test.each<[string, Partial<EndedRecording>, [number, number, number]]>([
  ['nothing', {}, [0, 0, 0]],
  ['thrown away at the end of the tape', lastLost, [16, 0, 16]],
  ['thrown away in mid tape', { ...lastLost, missingFrames: 16 }, [16, 0, 0]],
  ['thrown away in both places', { ...lastLost, missingFrames: 10 }, [16, 0, 6]],
  ['a last frame that came broken', { frames: 199 }, [1, 0, 1]],
  ['thrown away just before a stop', { ...stopped, frames: 184, asked }, [16, 0, 16]],
  [
    'thrown away before a stop, with frames behind it',
    { ...stopped, frames: 190, missingFrames: 16, asked },
    [16, 0, 0],
  ],
  [
    'thrown away behind the stop only',
    { ...stopped, frames: 201, asked: { ...asked, droppedFrames: 0 } },
    [0, 0, 0],
  ],
  ['held at a stop, and not taken', { ...stopped, frames: 170, asked }, [30, 14, 16]],
  [
    'a stop by the clock: told, and not counted',
    { ...stopped, card: undefined, frames: 150, asked: { ...asked, droppedFrames: 0, basis: 'clock' } },
    [0, 50, 0],
  ],
  ['a planned length, short at its end', { reason: 'duration', frames: 184, shortFrames: 16 }, [16, 0, 16]],
  [
    'a planned length, short in the middle',
    { reason: 'duration', frames: 184, missingFrames: 16 },
    [16, 0, 0],
  ],
  [
    'a planned length that is there, and more thrown away behind it',
    { reason: 'duration', card: { state: 'reader-gone', capturedFrames: 230, droppedFrames: 20 } },
    [0, 0, 0],
  ],
  [
    'held by a card that went away',
    { reason: 'device-gone', frames: 190, card: { state: 'gone', capturedFrames: 200, droppedFrames: 4 } },
    [10, 0, 10],
  ],
  ['by the log: picture and sound of three frames', { card: undefined, thrownPackets: 6 }, [3, 0, 3]],
  ['by the log: a packet of sound', { card: undefined, thrownPackets: 1 }, [1, 0, 1]],
  ['by the log, without sound', { card: undefined, thrownPackets: 3, hasSound: false }, [3, 0, 3]],
  [
    'by the log, where gaps show all of it',
    { card: undefined, thrownPackets: 6, missingFrames: 3 },
    [3, 0, 0],
  ],
])('what a recording has lost: %s', (_, changes, [frames, left, last]) => {
  expect(framesLost({ ...whole, ...changes })).toEqual({ frames, left, last });
});

test('a planned length is over by what the card took, or where only it can have ended a live source', () => {
  const plan = { live: true, frames: 100, writer: null };
  expect(isLengthOver(plan, undefined)).toBe(true);
  expect(isLengthOver(plan, { capturedFrames: 100 })).toBe(true);
  expect(isLengthOver(plan, { capturedFrames: 99 })).toBe(false);
  expect(isLengthOver({ ...plan, live: false }, undefined)).toBe(false);
  expect(isLengthOver({ ...plan, frames: null }, undefined)).toBe(false);
  const writer = { pid: 2, start: '', path: 'dvrescue' };
  expect(isLengthOver({ ...plan, writer }, undefined)).toBe(false);
});

test('packets that a card threw away are counted in the whole log, also where that is gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'helical-thrown-'));
  const { recorderLogPath } = passFiles(folder, 'A_p1');
  expect(await thrownPackets({ recorderLogPath }, readCardLine)).toBe(0);
  const overrun = '[alsa @ 0x55] [warning] ALSA buffer xrun.';
  await writeFile(
    recorderLogPath,
    `${overrun}\n[info] Press [q] to stop\r\nframe=  20 fps= 25\r${overrun}\n${overrun}`,
  );
  expect(await thrownPackets({ recorderLogPath }, readCardLine)).toBe(3);
  await rm(folder, { recursive: true });
});

test('how much a recording is short of its length is told by its times: a slow clock loses nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'helical-short-'));
  const files = passFiles(folder, 'A_p1');
  const short = async (times: readonly number[]): Promise<number> => {
    const rows = times.map((pts) => `0, ${pts}, ${pts}, 40, 4, ${'a'.repeat(32)}`);
    await writeFile(
      files.frameHashesPath,
      `#format: frame checksums\n#version: 2\n#hash: MD5\n#tb 0: 1/1000\n${rows.join('\n')}\n`,
    );
    const record = { masterName: 'A_p1.mkv', frameHashesName: 'A_p1.framemd5', audioHashesName: null };
    const video = { frameRate: { num: 25, den: 1 } };
    return shortOfLength({ ...record, video, frames: 1_000 } as Parameters<typeof shortOfLength>[0], files);
  };
  const frames = (count: number, stepMs: number) =>
    Array.from({ length: count }, (_, at) => Math.round(at * stepMs));
  expect(await short(frames(1_000, 40))).toBe(0);
  expect(await short(frames(984, 40))).toBe(16);
  // Half a percent slow: 5 frames fewer in the same time, and none of them lost.
  expect(await short(frames(995, 40.2))).toBe(0);
  expect(await short([])).toBe(1_000);
  await rm(folder, { recursive: true });
});
