import type { OpenSource } from '#core/devices/device.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { reservePassFiles } from './pass-files.ts';
import type { Recording } from './pass-session.ts';
import type { CaptureOptions } from './ports.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import { recorderCommand } from './recorder-command.ts';
import { writeRecorderRecord } from './recorder-record.ts';
import { identifyWriter } from './source-writer.ts';

/** Names the files of a pass, and writes down what is about to be started: an engine that dies now can be understood. */
export async function planRecording(
  capture: CaptureOptions,
  pass: Pass,
  source: OpenSource,
  durationS: number | undefined,
): Promise<{ recording: Recording; args: string[] }> {
  const files = await reservePassFiles(capture.folders, pass.tapeIdentifier, pass.passNumber);
  const profile = capture.profile(pass.profileId);
  const { args, planned } = recorderCommand({ capture, pass, source, files, profile, durationS });
  const record = { ...planned, writer: await identifyWriter(source) };
  await writeRecorderRecord(files.recordPath, record);
  return { recording: { files, record }, args };
}

/** Starts the recorder that was planned, and writes down which process it is. FFMPEG_MISSING. */
export async function beginRecording(
  capture: CaptureOptions,
  recording: Recording,
  args: readonly string[],
): Promise<Recorder> {
  const { files } = recording;
  const recorder = await startRecorder({ ffmpegPath: capture.ffmpeg.ffmpegPath, args, files });
  const { pid, start, startedAtMs } = recorder;
  recording.record = { ...recording.record, process: { pid, start, startedAtMs } };
  await writeRecorderRecord(files.recordPath, recording.record);
  return recorder;
}
