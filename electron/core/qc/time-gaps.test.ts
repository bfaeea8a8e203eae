import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { findTimeGaps, hasTimes, packetTimes, packetTimesOutput, readPacketTimes } from './time-gaps.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-gaps-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Gaps of a file that holds only those of a hundred frames for which ffmpeg's expression on their number `n` holds. */
async function gapsOf(name: string, kept: string, ending = 'mkv') {
  const { ffmpegPath } = await locateFfmpeg();
  const [tape, times] = [join(folder, `${name}.${ending}`), join(folder, `${name}.${ending}.txt`)];
  const graph = `testsrc=s=64x48:r=30000/1001:d=3.4,select='${kept}'`;
  for (const args of [
    ['-f', 'lavfi', '-i', graph, '-fps_mode', 'passthrough', '-c:v', 'ffv1', tape],
    ['-i', tape, ...packetTimesOutput(times)],
  ]) {
    expect(await runFfmpeg(ffmpegPath, ['-v', 'error', ...args])).toMatchObject({ reason: 'finished' });
  }
  return findTimeGaps(await readPacketTimes(times), { num: 30_000, den: 1001 });
}

it.each(['mkv', 'mov', 'avi'])('finds where frames are missing in %s, and how many', async (ending) => {
  expect(await gapsOf('whole', '1', ending)).toEqual([]);
  expect(await gapsOf('cut', 'not(eq(n,20)+between(n,50,52))', ending)).toEqual([
    { frame: 20, lostFrames: 1 },
    { frame: 49, lostFrames: 3 },
  ]);
});

it('finds them however many they are', async () => {
  const everyFifth = Array.from({ length: 19 }, (_, at) => ({ frame: 4 * at + 5, lostFrames: 1 }));
  const found = await gapsOf('many', 'not(gt(n,4)*eq(mod(n,5),0))');
  expect(found.slice(0, 19)).toEqual(everyFifth);
});

/** Gaps in times of a file whose head says how long a frame is. */
const gapsIn = (times: readonly number[], head: { tickS: number; frameS: number }) =>
  findTimeGaps(packetTimes(times, head.tickS), { num: 1e9, den: Math.round(head.frameS * 1e9) });
/** Times of so many frames in ticks of a millisecond, as Matroska keeps them. */
const rounded = (times: readonly number[]): number[] => times.map((time) => Math.round(time * 1000) / 1000);
const counted = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const pal = { tickS: 0.001, frameS: 0.04 };
const ntscFrameS = 1001 / 30_000;

describe('gaps in times', () => {
  it.each([
    ['PAL', 0.04, 0.001],
    ['NTSC in milliseconds', ntscFrameS, 0.001],
    ['NTSC in ticks of its own', ntscFrameS, 1 / 30_000],
    ['50 frames a second', 0.02, 0.001],
  ])(
    'any share of lost frames is told to the frame, whatever rate the head reckons: %s',
    (_, frameS, tickS) => {
      let seed = 20261123;
      const chance = (): number => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
        return seed / 2 ** 31;
      };
      for (const share of [0.001, 0.01, 0.05, 0.2, 0.4, 0.7]) {
        const kept = counted(2_000).filter((frame) => frame === 0 || chance() >= share);
        const times = kept.map((frame) => Math.round((frame * frameS) / tickS) * tickS);
        const expected = kept.flatMap((frame, at) => {
          const lostFrames = frame - (kept[at - 1] ?? frame - 1) - 1;
          return lostFrames > 0 ? [{ frame: at, lostFrames }] : [];
        });
        // A head may say the average: so many frames in so long a time.
        for (const said of [frameS, (2_000 * frameS) / kept.length]) {
          expect(gapsIn(times, { tickS, frameS: said })).toEqual(expected);
        }
      }
    },
  );

  it('a clock that is a little uneven hides none of them', () => {
    const kept = counted(500).filter((frame) => frame % 20 !== 7);
    const times = kept.map((frame) => frame * 0.04 + 0.0015 * Math.sin(frame));
    expect(gapsIn(times, { tickS: 1e-6, frameS: 0.04 })).toHaveLength(25);
  });

  const rates = (...lengths: number[]): number[] => {
    let time = 0;
    return lengths.map((length) => {
      const at = time;
      time += length;
      return at;
    });
  };
  const repeat = (count: number, ...lengths: number[]) => counted(count).flatMap(() => lengths);
  it.each([
    ['an even rate', repeat(300, 0.04), []],
    ['pictures of 24 and 30 a second in turn', repeat(40, 1 / 24, 1 / 24, 1 / 30, 1 / 30, 1 / 30), []],
    ['pictures of three and two fields in turn', repeat(100, 1.5 * ntscFrameS, ntscFrameS), []],
    [
      'a telephone: from a thirtieth to a fifteenth of a second',
      counted(300).map((at) => 1 / 30 + ((at * 7) % 31) / 930),
      [],
    ],
    [
      'every other frame lost from a place on',
      [...repeat(20, 0.04), ...repeat(4, 0.08), 0.04],
      [
        [21, 1],
        [22, 1],
        [23, 1],
        [24, 1],
      ],
    ],
    ['a rate that is nowhere the one of the head', repeat(300, 0.08), []],
    [
      'a few losses in uneven times',
      [...repeat(60, 0.036, 0.044), 0.12, ...repeat(60, 0.036, 0.044)],
      [[121, 2]],
    ],
    ['three pictures, of which the second is late', [0.04, 0.2, 0.04], [[2, 4]]],
    ['one picture', [0.04], []],
    ['none', [], []],
  ])('%s', (_, lengths, gaps) => {
    const found = gapsIn(rounded(rates(...lengths)), pal);
    expect(found.map(({ frame, lostFrames }) => [frame, lostFrames])).toEqual(gaps);
  });
});

it('takes the times that ffmpeg gives a stream without a container for none', () => {
  for (const format of ['h264', 'mpegvideo', 'm4v', 'dv', 'rawvideo']) expect(hasTimes(format)).toBe(false);
  for (const format of ['matroska,webm', 'avi', 'mov,mp4,m4a,3gp,3g2,mj2', 'mpegts', 'mxf']) {
    expect(hasTimes(format)).toBe(true);
  }
});

it('knows which picture is shown at a time', () => {
  const { frameAt } = packetTimes([0.08, 0, 0.04, 0.2], 0.001);
  expect([-1, 0, 0.039, 0.041, 0.08, 0.13, 0.15, 9].map(frameAt)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  expect(packetTimes([], 0).frameAt(3)).toBe(0);
});
