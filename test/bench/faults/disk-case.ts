import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recorderRecordSchema } from '#core/capture/recorder-record.ts';
import { readCardReport } from '#core/devices/card-report.ts';
import type { Pass } from '#shared/domain/pass.ts';
import {
  ffmpeg,
  openStation,
  recordTape,
  type Station,
  type StationOptions,
  smallRecipe,
  untilFrames,
} from '../../capture-faults/station.ts';
import { readFrameNumbers } from '../../fixtures/read-frame-numbers.ts';
import { type DiskFault, openDiskFault } from './disk-fault.ts';

/** What became of a recording whose disk misbehaved. */
export interface DiskOutcome {
  name: string;
  how: string;
  state: string;
  endReason: string | null;
  /** In the order in which they were raised. */
  alarms: string[];
  /** What the operator reads. */
  told: string[];
  keptFrames: number;
  lostFrames: number;
  droppedFrames: number;
  /** Frames that are neither kept in their place, nor stated as lost or dropped. */
  unstatedFrames: number;
}

export interface DiskScene {
  station: Station;
  fault: DiskFault;
  recorderPid: number;
  passId: Pass['id'];
  /** Ends the recording as an operator would. */
  stop(): Promise<void>;
}

const settlesWithinMs = 120_000;

/** Records a small tape, lets `disturb` do something to its disk, and holds what is kept against what the card took. */
export async function recordDisturbed(options: {
  name: string;
  folder: string;
  station?: StationOptions;
  recipe?: object;
  /** Name that the files of the pass get; that of a first pass by itself. */
  base?: string;
  disturb(scene: DiskScene): Promise<void>;
}): Promise<DiskOutcome> {
  const { name, folder } = options;
  const station = await openStation(folder, options.station ?? {});
  try {
    const fault = await openDiskFault(folder);
    const identifier = 'D-1';
    const recipe = smallRecipe({ queueFrames: 250, ...options.recipe });
    const { passId, operatorId } = await fault.around(() => recordTape(station, identifier, recipe));
    await untilFrames(station, passId, 25);
    const base = join(station.folders.mastersDir, identifier, options.base ?? `${identifier}_p1`);
    const { process: recorder } = recorderRecordSchema.parse(
      JSON.parse(await readFile(`${base}.recorder.json`, 'utf8')),
    );
    await options.disturb({
      station,
      fault,
      recorderPid: recorder?.pid as number,
      passId,
      stop: async () => void (await station.capture.stop(passId, operatorId)),
    });
    const pass = await settled(station, passId);
    const card = await readCardReport(`${base}.card.json`);
    const isCrash = pass.endReason === 'recorder-died' || pass.endReason === 'recorder-failed';
    const dropped = new Set(
      (card?.drops ?? []).flatMap(({ firstFrame, frames }) =>
        Array.from({ length: frames }, (_, at) => firstFrame + at),
      ),
    );
    const numbers = pass.frames === 0 ? [] : await readFrameNumbers(station.masterOf(passId), ffmpeg);
    const belongs = Array.from({ length: numbers.length + dropped.size }, (_, frame) => frame).filter(
      (frame) => !dropped.has(frame),
    );
    const misplaced = numbers.filter((frame, at) => frame !== belongs[at]).length;
    const captured = card?.capturedFrames ?? 0;
    const isCardSilent = card?.state === 'playing';
    const missing = isCardSilent
      ? 0
      : isCrash
        ? Math.abs(captured - numbers.length - pass.lostFrames - pass.droppedFrames)
        : Math.abs((card?.droppedFrames ?? 0) - pass.droppedFrames) + pass.lostFrames;
    return {
      name,
      how: fault.how,
      state: pass.failReason ? `${pass.state} (${pass.failReason})` : pass.state,
      endReason: pass.endReason,
      alarms: pass.alarms.map(({ kind }) => kind),
      told: pass.alarms.map(({ message }) => message),
      keptFrames: numbers.length,
      lostFrames: pass.lostFrames,
      droppedFrames: pass.droppedFrames,
      unstatedFrames: missing + misplaced,
    };
  } finally {
    await station.close();
  }
}

async function settled(station: Station, passId: string): Promise<Pass> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const pass = station.stores.passes.find(passId as Pass['id']);
      reject(new Error(`the pass is still ${pass?.state} after ${settlesWithinMs / 1000} s`));
    }, settlesWithinMs);
  });
  try {
    return await Promise.race([station.capture.whenSettled(passId as Pass['id']), late]);
  } finally {
    clearTimeout(timer);
  }
}
