import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { latestProgress } from '#core/ffmpeg/progress.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { readTail } from './file-tail.ts';
import { isMasterClosed } from './master-closed.ts';
import type { PassFiles } from './pass-files.ts';
import { isSameProcess, processStart } from './process-identity.ts';

/** What is known of a recorder at one moment, from its files alone. */
export interface RecorderReading {
  frames: number;
  duplicatedFrames: number;
  /** End of what is recorded, in seconds of tape. */
  outTimeS: number | undefined;
  /** When the recorder said so, in milliseconds since 1970. */
  saidAtMs: number | undefined;
  masterBytes: number;
}

/** How a recorder ended. `closed`: the master is whole; its end, Cues and all, was written. */
export type RecorderEnd =
  | { reason: 'closed'; exitCode: number | null }
  | { reason: 'died'; detail: string }
  /** We stopped looking; the recorder goes on. */
  | { reason: 'let-go' };

export interface Recorder {
  readonly pid: number;
  readonly start: string;
  readonly startedAtMs: number;
  readonly ended: Promise<RecorderEnd>;
  reading(): Promise<RecorderReading>;
  /** Asks it to end in order. Once: ffmpeg takes a second SIGINT as leave to break off the end of the file. */
  interrupt(): void;
  /** Stops looking at it. It goes on by itself. */
  letGo(): void;
}

interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const pollMs = 100;
const exitPatienceMs = 2_000;
const tailBytes = 4096;

/**
 * Starts a recorder that shares nothing with this process: a session and process group of its own, its standard streams
 * are files. HelicalError FFMPEG_MISSING when it cannot be started at all.
 */
export async function startRecorder(options: {
  ffmpegPath: string;
  args: readonly string[];
  files: PassFiles;
}): Promise<Recorder> {
  const { ffmpegPath, args, files } = options;
  const log = openSync(files.recorderLogPath, 'ax');
  const startedAtMs = Date.now();
  const child = spawn(ffmpegPath, args, {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: files.folder,
    windowsHide: true,
  });
  closeSync(log);
  const exit = Promise.withResolvers<Exit>();
  let exited: Exit | undefined;
  child.on('exit', (code, signal) => {
    exited = { code, signal };
    exit.resolve(exited);
  });
  const { promise: spawned, resolve, reject } = Promise.withResolvers<void>();
  child.once('spawn', resolve);
  child.once('error', (cause) =>
    reject(
      new HelicalError(
        'FFMPEG_MISSING',
        {
          problem: `The recorder ${ffmpegPath} cannot be started: ${cause.message}.`,
          safe: 'Nothing was recorded.',
          remedy: 'Run helical doctor to see which ffmpeg is in use.',
        },
        { cause },
      ),
    ),
  );
  await spawned;
  child.unref();
  const pid = child.pid as number;
  // A recorder that ends within its first moment has no start time any more.
  const start = (await processStart(pid)) ?? `ended:${startedAtMs}`;
  return watch({ pid, start, startedAtMs }, files, { now: () => exited, soon: exit.promise });
}

/** Takes a running recorder back; undefined when the process with this pid is another one, or none. */
export async function adoptRecorder(
  identity: { pid: number; start: string; startedAtMs: number },
  files: PassFiles,
): Promise<Recorder | undefined> {
  if (!(await isSameProcess(identity.pid, identity.start))) return undefined;
  return watch(identity, files, undefined);
}

function watch(
  identity: { pid: number; start: string; startedAtMs: number },
  files: PassFiles,
  seen: { now(): Exit | undefined; soon: Promise<Exit> } | undefined,
): Recorder {
  const looking = new AbortController();

  async function untilEnd(): Promise<RecorderEnd> {
    while (!seen?.now() && (await isSameProcess(identity.pid, identity.start))) {
      if (looking.signal.aborted) return { reason: 'let-go' };
      await wait(pollMs, undefined, { signal: looking.signal }).catch(() => {});
    }
    // A process is gone a moment before its starter is told how.
    const exit = seen && (await Promise.race([seen.soon, wait(exitPatienceMs, undefined, { ref: false })]));
    if (await isMasterClosed(files.masterPath)) return { reason: 'closed', exitCode: exit?.code ?? null };
    const how = exit?.signal ? `by ${exit.signal}` : exit ? `with code ${exit.code}` : 'unseen';
    return {
      reason: 'died',
      detail: `The recorder ended ${how}. ${await lastWords(files.recorderLogPath)}`.trim(),
    };
  }

  return {
    ...identity,
    ended: untilEnd(),
    reading: () => readRecorder(files),
    interrupt: () => interrupt(identity.pid),
    letGo: () => looking.abort(),
  };
}

/** What the recorder's files say now. */
export async function readRecorder(files: PassFiles): Promise<RecorderReading> {
  const [tail, masterBytes] = await Promise.all([
    readTail(files.progressPath, tailBytes),
    sizeOf(files.masterPath),
  ]);
  const progress = tail && latestProgress(tail.text);
  return {
    frames: progress?.frame ?? 0,
    duplicatedFrames: progress?.dupFrames ?? 0,
    outTimeS: progress?.outTimeUs === undefined ? undefined : progress.outTimeUs / 1e6,
    saidAtMs: progress ? tail?.modifiedAtMs : undefined,
    masterBytes,
  };
}

function interrupt(pid: number): void {
  if (process.platform === 'win32') {
    // Every signal is a hard kill there. What is open is to end the source, which the caller does.
    return;
  }
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function lastWords(logPath: string): Promise<string> {
  const tail = await readTail(logPath, tailBytes);
  const lines = (tail?.text ?? '').split('\n').filter((line) => /\[(error|fatal|panic)\]/.test(line));
  return lines.at(-1)?.trim() ?? '';
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
