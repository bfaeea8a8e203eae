import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readTail } from '#core/capture/file-tail.ts';
import { recordedPaths, recorderRecordSchema } from '#core/capture/recorder-record.ts';
import { readCardReport } from '#core/devices/card-report.ts';
import { readFrameNumbers } from '#core/devices/simulator/read-frame-numbers.ts';
import { latestProgress } from '#core/ffmpeg/progress.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { startRecording } from '../recording.ts';
import type { KillPlan, Victim } from './kill-plan.ts';
import type { StationProcesses } from './station-processes.ts';

/** What became of one tape, as the files tell, not the engine alone. */
export interface KilledTape {
  identifier: string;
  killed: Victim[];
  isRecorderKilled: boolean;
  state: string;
  /** Why the pass failed, with the checks of its seal that did not hold; null where it is sealed. */
  failure: string | null;
  /** Frames read back from the master. */
  keptFrames: number;
  /** As Helical states it. */
  lostFrames: number;
  /** Of the lost, those that waited in the card when its reader died. */
  queuedFrames: number;
  /** Thrown away by the card: 0, unless the machine was too slow. */
  droppedFrames: number;
  /** Frames the card took that are neither kept, nor stated as lost or dropped; or too many of them. 0 is exact. */
  unstatedFrames: number;
  /** Frames that are not where they belong when the numbers in the pictures are read back: 0 is a whole tape. */
  misplacedFrames: number;
  isRecovered: boolean;
}

const settlesWithinMs = 600_000;

/** Records a tape and kills as planned; resolves when the pass is settled and its master was read back. */
export async function recordAndKill(options: {
  station: StationProcesses;
  dataDir: string;
  identifier: string;
  recipePath: string;
  plan: KillPlan;
  ffmpeg: { ffmpegPath: string; ffprobePath: string };
}): Promise<KilledTape> {
  const { station, dataDir, identifier, plan } = options;
  const passId = await startRecording(station.client(), identifier, options.recipePath);
  const base = join(dataDir, 'masters', identifier, `${identifier}_p1`);
  const recordPath = `${base}.recorder.json`;
  const readRecord = async () => recorderRecordSchema.parse(JSON.parse(await readFile(recordPath, 'utf8')));
  const recorderPid = (await readRecord()).process?.pid ?? Number.NaN;
  if (Number.isNaN(recorderPid)) throw new Error(`${identifier} has no recorder`);
  const { killed, pass } = await killAsPlanned().catch((error: unknown) => {
    // It would record on for the rest of its tape.
    endProcess(recorderPid);
    throw error;
  });
  const isRecorderKilled = killed.includes('recorder');

  const card = await readCardReport(`${base}.card.json`);
  if (!card) throw new Error(`the card of ${identifier} says nothing`);
  const record = await readRecord();
  const numbers =
    pass.frames === 0
      ? []
      : await readFrameNumbers(recordedPaths(record, recordPath).masterPath, options.ffmpeg);
  const dropped = new Set(
    card.drops.flatMap(({ firstFrame, frames }) =>
      Array.from({ length: frames }, (_, index) => firstFrame + index),
    ),
  );
  const expected = Array.from({ length: card.capturedFrames }, (_, frame) => frame).filter(
    (frame) => !dropped.has(frame),
  );
  return {
    identifier,
    killed,
    isRecorderKilled,
    state: pass.state,
    failure: pass.state === 'sealed' ? null : wordFailure(pass),
    keptFrames: numbers.length,
    lostFrames: pass.lostFrames,
    queuedFrames: isRecorderKilled ? card.queuedFrames : 0,
    droppedFrames: pass.droppedFrames,
    // An operator's stop leaves in the card what came after it: that is no loss.
    unstatedFrames: isRecorderKilled
      ? Math.abs(card.capturedFrames - numbers.length - pass.lostFrames - pass.droppedFrames)
      : pass.lostFrames + Math.abs(pass.frames - numbers.length),
    misplacedFrames: numbers.filter((frame, at) => frame !== expected[at]).length,
    isRecovered: record.recovery !== null,
  };

  async function killAsPlanned() {
    await reached('ten frames', async () => {
      const tail = await readTail(`${base}.progress`, 4096);
      return (latestProgress(tail?.text ?? '')?.frame ?? 0) >= 10;
    });

    const killed: Victim[] = [];
    for (const { afterMs, victims } of plan.rounds) {
      await wait(afterMs);
      killed.push(...(await station.kill(victims, recorderPid)));
    }
    for (const afterMs of plan.whileMendingMs) {
      await wait(afterMs);
      killed.push(...(await station.kill(['engine'], recorderPid)));
    }
    if (!killed.includes('recorder')) await station.client().capture.stop({ passId });
    const pass = await reached(`${identifier} settled`, async () => {
      const found = await station.client().passes.show({ passId });
      return found.state === 'sealed' || found.state === 'failed' ? found : undefined;
    });
    return { killed, pass };
  }
}

function wordFailure({ failReason, sealChecks }: Pick<Pass, 'failReason' | 'sealChecks'>): string {
  const broken = sealChecks
    .filter(({ ok }) => !ok)
    .map(({ id, expected, measured }) => `${id}: ${measured} for ${expected}`);
  return [failReason ?? 'no reason given', ...broken].join('; ');
}

/** Polls until there is something. */
async function reached<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + settlesWithinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`it did not happen in ${settlesWithinMs / 1000} s: ${what}`);
    await wait(20);
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
