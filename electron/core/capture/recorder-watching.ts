import type { Pass } from '#shared/domain/pass.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { createDriftGauge, soundMinusPictureMs } from './drift.ts';
import type { Recording } from './pass-session.ts';
import type { CaptureLimits } from './ports.ts';
import type { Recorder } from './recorder.ts';
import { recordedPaths } from './recorder-record.ts';
import { type RecordingReading, type RecordingWatch, watchRecording } from './recording-watch.ts';

const driftEveryMs = 1_000;

/** Watches the recorder of one recording, and how far sound and picture are apart. */
export function watchRecorder(options: {
  recorder: Recorder;
  recording: Recording;
  limits: CaptureLimits;
  onReading(reading: RecordingReading): void;
  onDrift(driftMs: number | null): void;
  onAlarm(kind: Pass['alarms'][number]['kind'], message: string): void;
  onDiskNearlyFull(): void;
  onError(error: unknown): void;
}): RecordingWatch {
  const { record, files } = options.recording;
  const paths = recordedPaths(record, files.recordPath);
  let driftReadAtMs = 0;
  let drifting = Promise.resolve();

  const gauge = createDriftGauge();

  async function readOffset(): Promise<number | null> {
    if (paths.audioHashesPath === undefined || !record.audio) return null;
    const { frameHashesPath, audioHashesPath } = paths;
    return soundMinusPictureMs(
      frameHashesPath,
      audioHashesPath,
      record.video.frameRate,
      record.audio.sampleRateHz,
    );
  }

  async function lookForDrift(): Promise<void> {
    const offsetMs = await readOffset();
    if (offsetMs !== null) options.onDrift(gauge.add(offsetMs));
  }

  const watch = watchRecording({
    recorder: options.recorder,
    cardReportPath: record.cardReportPath,
    sacredPaths: Object.values(paths).filter((path) => path !== undefined),
    mastersDir: files.folder,
    framesPerSecond: toNumber(record.video.frameRate),
    live: record.live,
    limits: options.limits,
    onReading: (reading) => {
      if (Date.now() - driftReadAtMs > driftEveryMs) {
        driftReadAtMs = Date.now();
        drifting = drifting.then(lookForDrift).catch(options.onError);
      }
      options.onReading(reading);
    },
    onAlarm: options.onAlarm,
    onDiskNearlyFull: options.onDiskNearlyFull,
    onError: options.onError,
  });
  return {
    async stop() {
      await watch.stop();
      await drifting;
      // Both lists are whole now: what is said last is how far apart sound and picture really end.
      await readOffset().then(options.onDrift).catch(options.onError);
    },
  };
}
