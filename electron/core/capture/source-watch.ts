import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { readCardReport } from '#core/devices/card-report.ts';
import type { DeviceReport } from '#core/devices/device.ts';
import { type RecorderRemark, readRecorderLogLine } from '#core/ffmpeg/recorder-log.ts';
import type { AlarmKind, EndReason } from '#shared/domain/pass.ts';
import { createDeviceSignal, type DeviceSignal } from './device-signal.ts';
import type { Recording } from './pass-session.ts';
import type { CaptureOptions } from './ports.ts';
import { recordedPaths } from './recorder-record.ts';
import type { RecordingWatch } from './recording-watch.ts';
import { createSourceJudge, type SourcePatience } from './source-judge.ts';

const everyMs = 250;
const chunkBytes = 64 * 1024;
/** More than the 14 frames in which DeckLink cards report a loss that is none. */
const startupMs = 1_000;

/** What a line of a recorder's log says of the source; undefined for one that says nothing of it. */
export type LogLineReader = (line: string) => RecorderRemark | DeviceReport | undefined;

/** Reads the lines of this source's recorder: in its card's own words, then in ffmpeg's. */
export function logLineReader({ devices }: Pick<CaptureOptions, 'devices'>, sourceId: string): LogLineReader {
  const ofDevice = devices.logReaderOf(sourceId);
  return (line) => ofDevice?.(line) ?? readRecorderLogLine(line);
}

/** Watches what the source of a recording does wrong (source-judge.ts), four times a second, until it is stopped. */
export function watchSource(options: {
  recording: Recording;
  readLine: LogLineReader;
  patience: SourcePatience;
  isRecording(): boolean;
  onAlarm(kind: AlarmKind, message: string): void;
  onAlarmOver(kind: AlarmKind): void;
  /** What the card says of its signal, where it says it in the recorder's log. */
  onSignal(signal: DeviceSignal): void;
  /** Alarms that an earlier engine raised and that were not over then. */
  standing: readonly AlarmKind[];
  /** Called once: the recording is to be ended in order. */
  onEnd(reason: EndReason): void;
  onError(error: unknown): void;
}): RecordingWatch {
  const { record, files } = options.recording;
  const paths = recordedPaths(record, files.recordPath);
  const judge = createSourceJudge(record.live, options.patience, options.standing);
  const device = createDeviceSignal(options.standing);
  const log = createLineReader(files.recorderLogPath);
  const stopping = new AbortController();
  let firstFrameAtMs: number | undefined;

  async function look(): Promise<void> {
    const [frameListBytes, soundListBytes, card, lines] = await Promise.all([
      sizeOf(paths.frameHashesPath),
      paths.audioHashesPath === undefined ? null : sizeOf(paths.audioHashesPath),
      record.cardReportPath === null ? undefined : readCardReport(record.cardReportPath),
      log.read(),
    ]);
    if (stopping.signal.aborted || !options.isRecording()) return;
    const remarks = lines.map(options.readLine).filter((remark) => remark !== undefined);
    const atMs = performance.now();
    if (frameListBytes > 0) firstFrameAtMs ??= atMs;
    const isBeyondStart = firstFrameAtMs !== undefined && atMs - firstFrameAtMs > startupMs;
    const said = device.look(remarks, { atMs, isBeyondStart });
    options.onSignal(said.signal);
    const facts = { atMs, frameListBytes, soundListBytes, card, remarks };
    for (const verdict of [...said.verdicts, ...judge.look(facts)]) {
      if (verdict.do === 'tell') options.onAlarm(verdict.kind, verdict.message);
      else if (verdict.do === 'clear') options.onAlarmOver(verdict.kind);
      else options.onEnd(verdict.reason);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      // Looking must not end because one look failed: the recorder does not know of it.
      await look().catch(options.onError);
      await wait(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
    await log.close();
  }
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Gives the whole lines that a file has got since it was last asked. It may not be there yet. */
function createLineReader(path: string): { read(): Promise<string[]>; close(): Promise<void> } {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let file: FileHandle | undefined;
  let position = 0;
  let rest = '';
  return {
    async read() {
      file ??= await open(path, 'r').catch(ifThere);
      if (!file) return [];
      const lines: string[] = [];
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
        if (bytesRead === 0) return lines;
        position += bytesRead;
        // ffmpeg rewrites its own status line: a carriage return ends one too.
        const parts = (rest + buffer.toString('utf8', 0, bytesRead)).split(/[\r\n]/);
        rest = (parts.pop() ?? '').slice(-chunkBytes);
        lines.push(...parts);
      }
    },
    async close() {
      await file?.close();
      file = undefined;
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(ifThere))?.size ?? 0;
}

function ifThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
