import type { AlarmKind } from '#shared/domain/pass.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { createAlarmBoard } from './alarms/alarm-board.ts';
import { recordingAlarms } from './alarms/registry.ts';
import type { DiskReserves } from './disk-reserves.ts';
import { createDriftGauge, type DriftReading } from './drift.ts';
import { countEssence } from './essence-count.ts';
import type { CaptureFolders } from './pass-files.ts';
import type { Recording } from './pass-session.ts';
import type { CaptureLimits } from './ports.ts';
import type { Recorder } from './recorder.ts';
import { recordedPaths } from './recorder-record.ts';
import {
  type RecordingReading,
  type RecordingWatch,
  systemClocks,
  watchRecording,
} from './recording-watch.ts';
import { createSilenceGauge, type SilenceReading } from './silence.ts';

/** What the follower hears: how far it has decoded, and the peaks of the last half second there; undefined while nobody measures. */
export type HeardSoFar = { frames: number; peaksDbfs: readonly number[] } | undefined;

/** What is known of the sound of one recording. */
export interface SoundReading {
  drift: DriftReading | undefined;
  silence: SilenceReading | undefined;
}

/** Watches the recorder of one recording, how far sound and picture are apart, and raises what there is to be told. */
export function watchRecorder(options: {
  recorder: Recorder;
  recording: Recording;
  folders: CaptureFolders;
  limits: CaptureLimits;
  reserves: DiskReserves;
  heard(): HeardSoFar;
  /** Alarms that an earlier engine raised and that were not over then. */
  standing: readonly AlarmKind[];
  /** An earlier engine watched it before, and has told of what was until then. */
  isTakenBack: boolean;
  /** False as soon as the recording is being ended: what then stands still is no fault. */
  isRecording(): boolean;
  onReading(reading: RecordingReading, sound: SoundReading): void;
  onAlarm(kind: AlarmKind, message: string): void;
  onAlarmOver(kind: AlarmKind): void;
  onDiskNearlyFull(): void;
  onError(error: unknown): void;
}): RecordingWatch {
  const { record, files } = options.recording;
  const paths = recordedPaths(record, files.recordPath);
  const { frameRate } = record.video;
  const framesPerSecond = toNumber(frameRate);
  const drifting = createDriftGauge();
  const silences = createSilenceGauge(framesPerSecond);
  const board = createAlarmBoard(
    recordingAlarms(options.isTakenBack),
    { raise: options.onAlarm, clear: options.onAlarmOver },
    options.standing,
  );
  const count = countEssence({ ...paths, frameRate, sampleRateHz: record.audio?.sampleRateHz });
  let isCounting = false;
  let counting = Promise.resolve();
  let drift: DriftReading | undefined;
  let silence: SilenceReading | undefined;
  let last: RecordingReading | undefined;
  let firstAtMs: number | undefined;

  async function lookForDrift(): Promise<void> {
    const come = await count.read();
    if (come) drift = drifting.add(come);
  }

  function take(reading: RecordingReading): void {
    const { atMs } = reading;
    last = reading;
    firstAtMs ??= atMs;
    // At every look: a mean of many readings tells a frame of drift from the lists' own coming and going.
    if (!isCounting) {
      isCounting = true;
      counting = lookForDrift()
        .catch(options.onError)
        .finally(() => {
          isCounting = false;
        });
    }
    const heard = options.heard();
    if (heard) silence = silences.add(heard.frames, heard.peaksDbfs);
    options.onReading(reading, { drift, silence });
    if (!options.isRecording()) return;
    const runningS = (atMs - firstAtMs) / 1000;
    const { frames, soundS } = count.counts();
    const facts = { ...reading, runningS, framesPerSecond, live: record.live, drift, silence };
    board.update({ ...facts, frames, soundS }, atMs);
  }

  const watch = watchRecording({
    recorder: options.recorder,
    cardReportPath: record.cardReportPath,
    sacredPaths: Object.values(paths).filter((path) => path !== undefined),
    folders: disksOf(files.folder, options.folders),
    framesPerSecond,
    live: record.live,
    queueS: record.queueS ?? undefined,
    limits: options.limits,
    reserves: options.reserves,
    clocks: systemClocks,
    onReading: take,
    onDiskNearlyFull: options.onDiskNearlyFull,
    onError: options.onError,
  });
  async function stop(): Promise<void> {
    await watch.stop();
    await counting;
    // Both lists are whole now: what is said last is how far apart sound and picture really end.
    const come = await count.read().catch(options.onError);
    await count.close();
    if (come && last) options.onReading(last, { drift: drifting.end(come), silence });
  }

  let stopping: Promise<void> | undefined;
  return {
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

function disksOf(masters: string, { derivedDir, logDir }: CaptureFolders) {
  return [
    { role: 'masters' as const, folder: masters },
    { role: 'derived' as const, folder: derivedDir },
    ...(logDir === undefined ? [] : [{ role: 'log' as const, folder: logDir }]),
  ];
}
