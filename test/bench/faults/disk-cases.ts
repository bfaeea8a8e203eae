import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runTool } from '#core/ffmpeg/run.ts';
import {
  openStation,
  recordTape,
  smallDisk,
  smallRecipe,
  until,
  untilFrames,
} from '../../capture-faults/station.ts';
import { type DiskOutcome, recordDisturbed } from './disk-case.ts';

/** One way in which the disk of the masters misbehaves; undefined where this machine cannot make it so. */
export interface DiskCase {
  name: string;
  /** What has to come out of it. */
  expected: { state: string; endReason: string | null; alarm: string | undefined };
  run(folder: string): Promise<DiskOutcome | undefined>;
}

const recorderFailed = { state: 'sealed', endReason: 'recorder-failed', alarm: 'disk-failed' };
const undisturbed = { state: 'sealed', endReason: 'operator', alarm: undefined };

/** Every way, in the order in which they are run. */
export const diskCases: readonly DiskCase[] = [
  {
    name: 'full',
    expected: { state: 'sealed', endReason: 'disk-nearly-full', alarm: 'disk' },
    async run(folder) {
      const mastersDir = join(folder, 'masters');
      const disk = await smallDisk(mastersDir, 24 << 20);
      if (!disk) return undefined;
      try {
        return await recordDisturbed({
          name: 'full',
          folder,
          station: { folders: { mastersDir }, limits: { reserveFloorBytes: 4 << 20, reserveS: 2 } },
          recipe: { segments: [{ content: 'noise', seconds: 120 }], channels: 8 },
          disturb: async () => {},
        });
      } finally {
        await disk.unmount();
      }
    },
  },
  failing('over-quota', constants.errno.EDQUOT),
  failing('gone', constants.errno.EIO),
  failing('read-only', constants.errno.EROFS),
  {
    name: 'pulled-out-and-back',
    expected: { state: 'sealed', endReason: 'recorder-failed', alarm: 'disk-failed' },
    async run(folder) {
      const mastersDir = join(folder, 'masters');
      const disk = join(folder, 'disk');
      await mkdir(mastersDir, { recursive: true });
      await mkdir(disk);
      const connect = async () =>
        (await runTool('mount', ['--bind', disk, mastersDir])).reason === 'finished';
      if (!(await connect())) return undefined;
      try {
        return await recordDisturbed({
          name: 'pulled-out-and-back',
          folder,
          station: { folders: { mastersDir } },
          recipe: { segments: [{ content: 'scene', seconds: 20 }] },
          async disturb({ station, passId }) {
            await runTool('umount', ['-l', mastersDir]);
            const stateOf = () => station.stores.passes.find(passId)?.state;
            await until('the pass waits for its disk', () => stateOf() === 'interrupted', 120_000);
            await connect();
            await station.capture.recover();
          },
        });
      } finally {
        await runTool('umount', ['-l', mastersDir]);
      }
    },
  },
  {
    name: 'slow',
    expected: { ...undisturbed, alarm: 'write-slow' },
    run: (folder) =>
      recordDisturbed({
        name: 'slow',
        folder,
        async disturb({ fault, recorderPid, stop, station, passId }) {
          for (const seconds of [1, 2, 4, 8]) {
            await fault.stall(seconds * 1000, recorderPid);
            // What waited in the card is written first.
            await until('the recorder has caught up', () => (lagOf(station, passId) ?? 1) < 0.3);
          }
          await stop();
        },
      }),
  },
  {
    name: 'slower-than-the-queue',
    expected: { state: 'failed (seal-check-failed)', endReason: 'operator', alarm: 'frames-dropped' },
    run: (folder) =>
      recordDisturbed({
        name: 'slower-than-the-queue',
        folder,
        recipe: { queueFrames: 50 },
        async disturb({ fault, recorderPid, stop, station, passId }) {
          await fault.stall(4000, recorderPid);
          await until('the recorder has caught up', () => (lagOf(station, passId) ?? 1) < 0.3);
          await wait(500);
          await stop();
        },
      }),
  },
  {
    name: 'names-taken',
    expected: undisturbed,
    async run(folder) {
      const mastersDir = join(folder, 'masters', 'D-1');
      await mkdir(mastersDir, { recursive: true });
      const names = ['D-1_p1.mkv', 'd-1_P1-2.MKV', 'D-1_p1-3.framemd5', 'D-1_p1-4.recorder.json'];
      for (const name of names) await writeFile(join(mastersDir, name), `not yours: ${name}`);
      const outcome = await recordDisturbed({
        name: 'names-taken',
        folder,
        base: 'D-1_p1-5',
        disturb: ({ stop }) => stop(),
      });
      const kept = await Promise.all(names.map((name) => readFile(join(mastersDir, name), 'utf8')));
      const changed = names.filter((name, at) => kept[at] !== `not yours: ${name}`);
      const taken = (await readdir(mastersDir)).filter((name) => /^d-1_p1-[2-4]/i.test(name));
      return { ...outcome, unstatedFrames: outcome.unstatedFrames + changed.length + taken.length - 3 };
    },
  },
  {
    name: 'clock-set-back',
    expected: { ...undisturbed, alarm: 'clock-changed' },
    run: (folder) =>
      recordDisturbed({
        name: 'clock-set-back',
        folder,
        async disturb({ station, passId, stop }) {
          using _clock = clockSetBack(3_600_000);
          const { frames = 0 } = station.capture.sessions().find((one) => one.passId === passId) ?? {};
          await untilFrames(station, passId, frames + 75);
          await stop();
        },
      }),
  },
  {
    name: 'read-only-from-the-start',
    expected: { state: 'refused', endReason: null, alarm: undefined },
    async run(folder) {
      const mastersDir = join(folder, 'masters');
      const disk = await smallDisk(mastersDir, 24 << 20);
      if (!disk) return undefined;
      try {
        await runTool('mount', ['-o', 'remount,ro', mastersDir]);
        const station = await openStation(folder, { folders: { mastersDir } });
        const told = await recordTape(station, 'D-1', smallRecipe()).then(
          () => 'it was not refused',
          (error: Error) => error.message,
        );
        await station.close();
        return {
          ...nothing,
          name: 'read-only-from-the-start',
          state: told.startsWith('The folder of the masters cannot be written to: EROFS')
            ? 'refused'
            : 'unclear',
          told: [told],
        };
      } finally {
        await disk.unmount();
      }
    },
  },
];

const nothing = {
  how: 'a disk mounted read-only',
  endReason: null,
  alarms: [],
  keptFrames: 0,
  lostFrames: 0,
  droppedFrames: 0,
  unstatedFrames: 0,
};

function failing(name: string, errno: number): DiskCase {
  return {
    name,
    expected: recorderFailed,
    run: (folder) =>
      recordDisturbed({
        name,
        folder,
        disturb: async ({ fault, stop, station, passId }) => {
          if (!fault.fail) return stop();
          await fault.fail(errno);
          if (errno === constants.errno.EDQUOT) return;
          // A disk that failed is not written to before the operator says so.
          const stateOf = () => station.stores.passes.find(passId)?.state;
          await until('the pass waits for the word', () => stateOf() === 'interrupted', 120_000);
          await station.capture.recover();
        },
      }).then((outcome) => (outcome.endReason === 'operator' ? undefined : outcome)),
  };
}

function lagOf(station: Awaited<ReturnType<typeof openStation>>, passId: string): number | null | undefined {
  return station.capture.sessions().find((session) => session.passId === passId)?.lagS;
}

/** The engine's wall clock, set back; files and cards keep the system's. */
function clockSetBack(byMs: number): Disposable {
  const real = globalThis.Date;
  const now = () => real.now() - byMs;
  globalThis.Date = new Proxy(real, {
    construct: (target, args) => Reflect.construct(target, args.length === 0 ? [now()] : args),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  return {
    [Symbol.dispose]() {
      globalThis.Date = real;
    },
  };
}
