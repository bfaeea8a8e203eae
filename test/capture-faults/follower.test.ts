import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
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

const stallS = Number(process.env['HELICAL_STALL_S'] ?? 10);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-follower-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The process that follows, once there is one: on a busy machine the recorder is well on its way by then. */
const begun = (followers: readonly number[]) => until('a follower', () => followers[0]);

test.concurrent(`no frame is lost while the follower stands still for ${stallS} s`, async () => {
  const followers: number[] = [];
  const station = await openStation(join(folder, 'stalled'), { onFollower: (pid) => followers.push(pid) });
  const seconds = stallS + 3;
  // A queue of one second: a recorder that waited for the follower would lose frames within the stall.
  const recipe = smallRecipe({ queueFrames: 25, segments: [{ content: 'scene', seconds }] });
  const { passId } = await recordTape(station, 'S-1', recipe);
  await untilFrames(station, passId, 25);
  const follower = await begun(followers);
  process.kill(follower, 'SIGSTOP');
  await wait(stallS * 1000);
  const during = station.capture.sessions()[0];
  expect(during?.frames).toBeGreaterThan(25 + (stallS - 1) * 25);
  expect(during?.follower.state).toBe('stalled');
  process.kill(follower, 'SIGCONT');
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'sealed', frames: seconds * 25, droppedFrames: 0 });
  expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(seconds * 25));
  expect(followers).toHaveLength(1);
  await station.close();
});

test.concurrent('no frame is lost when the follower is killed; another one starts from the beginning', async () => {
  const followers: number[] = [];
  const station = await openStation(join(folder, 'killed'), { onFollower: (pid) => followers.push(pid) });
  const recipe = smallRecipe({ queueFrames: 25, segments: [{ content: 'scene', seconds: 4 }] });
  const { passId } = await recordTape(station, 'K-1', recipe);
  await untilFrames(station, passId, 40);
  process.kill(await begun(followers), 'SIGKILL');
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'sealed', frames: 100, droppedFrames: 0 });
  expect(pass.alarms.map(({ kind }) => kind)).toEqual(['follower-restarted']);
  expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(100));
  expect(followers).toHaveLength(2);
  await station.close();
});

test.concurrent('a follower killed after the end of the tape: the read of the closed master outlives it, the pass is sealed', async () => {
  const followers: number[] = [];
  const station = await openStation(join(folder, 'late'), { onFollower: (pid) => followers.push(pid) });
  const recipe = smallRecipe({ segments: [{ content: 'scene', seconds: 2 }] });
  const { passId } = await recordTape(station, 'T-1', recipe);
  await untilFrames(station, passId, 20);
  const follower = await begun(followers);
  process.kill(follower, 'SIGSTOP');
  await until('the recording ends', () => station.stores.passes.find(passId)?.state === 'following');
  process.kill(follower, 'SIGKILL');
  const pass = await station.capture.whenSettled(passId);
  expect(pass.sealChecks.filter((check) => !check.ok)).toEqual([]);
  expect(pass).toMatchObject({ state: 'sealed', frames: 50, droppedFrames: 0 });
  expect(followers).toHaveLength(2);
  await station.close();
});

test.concurrent.each([
  { name: 'once', times: 1, isMeasured: true },
  { name: 'always', times: 99, isMeasured: false },
])(
  'measures that stop short ($name) are no measures; the master is sealed all the same',
  async ({ name, times, isMeasured }) => {
    let finished = 0;
    const station = await openStation(join(folder, `short-${name}`), {
      measure: (port) => ({
        async open(input) {
          const tap = await port.open(input);
          return {
            ...tap,
            async finish(lost) {
              const measured = await tap.finish(lost);
              finished += 1;
              return finished <= times ? { ...measured, frames: measured.frames - 1 } : measured;
            },
          };
        },
      }),
    });
    const recipe = smallRecipe({ pace: 'unpaced', segments: [{ content: 'scene', seconds: 1 }] });
    const { passId } = await recordTape(station, 'M-1', recipe);
    const pass = await station.capture.whenSettled(passId);
    expect(pass).toMatchObject({ state: 'sealed', frames: 25 });
    expect(finished).toBe(isMeasured ? 2 : 3);
    expect(pass.alarms[0]?.message).toContain('Only 24 of 25 frames were measured.');
    const roles = station.stores.files.ofPass(passId).map(({ role }) => role);
    expect(roles.includes('samples')).toBe(isMeasured);
    await station.close();
  },
);

test.concurrent('no frame is lost when the folder of derived files is full; it is sealed once there is room', async (context) => {
  const derivedDir = join(folder, 'small');
  const disk = await smallDisk(derivedDir, 160 << 10);
  if (!disk) {
    context.skip('This user may not mount a small disk: a full folder of derived files was not tested.');
    return;
  }
  try {
    const station = await openStation(join(folder, 'full'), { folders: { derivedDir } });
    const recipe = smallRecipe({ queueFrames: 25, segments: [{ content: 'scene', seconds: 4 }] });
    const { passId } = await recordTape(station, 'F-1', recipe);
    await until('the recording ends', () => station.stores.passes.find(passId)?.state === 'following');
    await until('the pass says why it waits', () =>
      station.stores.passes.find(passId)?.alarms.some(({ message }) => message.includes('is full')),
    );
    expect(station.stores.passes.find(passId)).toMatchObject({ frames: 100, droppedFrames: 0 });
    await disk.grow(64 << 20);
    const pass = await station.capture.whenSettled(passId);
    expect(pass).toMatchObject({ state: 'sealed', frames: 100, droppedFrames: 0 });
    expect(await readFrameNumbers(station.masterOf(passId), ffmpeg)).toEqual(counted(100));
    await station.close();
  } finally {
    await disk.unmount();
  }
});
