import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createProgressReader, type Progress } from './progress.ts';

/** How a job came to its end. */
export type JobEnd =
  | {
      readonly reason: 'finished';
      readonly argv: readonly string[];
      readonly stdout: Buffer;
      readonly stderrTail: string;
    }
  | {
      readonly reason: 'failed';
      readonly argv: readonly string[];
      /** Null when a signal ended it. */
      readonly exitCode: number | null;
      readonly signal: NodeJS.Signals | null;
      /** The last line the tool wrote to its standard error, or what else is known. */
      readonly lastError: string;
      readonly stderrTail: string;
    }
  | { readonly reason: 'aborted'; readonly argv: readonly string[]; readonly stderrTail: string }
  | { readonly reason: 'missing'; readonly argv: readonly string[]; readonly lastError: string };

export interface JobOptions {
  /** Ends the job: SIGTERM, then SIGKILL after five seconds. */
  readonly signal?: AbortSignal | undefined;
  /** 0 to 19; higher gives way to others. Default 0. Where the system refuses it, the job runs at its own priority. */
  readonly nice?: number | undefined;
  /** Told each time ffmpeg writes a progress block (`runFfmpeg` only). Standard output is then not collected. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Told each whole line that the tool writes to its standard error. */
  readonly onErrorLine?: ((line: string) => void) | undefined;
  readonly cwd?: string | undefined;
  /** What it reads from its standard input; a tool that stops reading early is not at fault. */
  readonly input?: AsyncIterable<Uint8Array> | undefined;
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Standard output beyond this ends the job as failed, since a cut reading would be a wrong one. Default 64 MiB. */
  readonly maximumStdoutBytes?: number | undefined;
  /** How much of the end of standard error is kept; listings of devices come there. Default 16 KiB. */
  readonly stderrTailBytes?: number | undefined;
}

const patienceMs = 5_000;

/**
 * Runs a short ffmpeg job to its end. For jobs that may die with the engine: a recorder is not started here.
 * Never rejects for what the tool did; read `reason`.
 * @param args ffmpeg's arguments, inputs and outputs; the quiet flags are put before them.
 */
export function runFfmpeg(
  ffmpegPath: string,
  args: readonly string[],
  options: JobOptions = {},
): Promise<JobEnd> {
  const progress = options.onProgress ? ['-progress', 'pipe:1'] : [];
  return runTool(ffmpegPath, ['-hide_banner', '-nostdin', '-nostats', ...progress, ...args], options);
}

/** Runs any short command to its end (ffprobe, `ffmpeg -encoders`), collecting what it prints. Never rejects. */
export function runTool(path: string, args: readonly string[], options: JobOptions = {}): Promise<JobEnd> {
  const argv = [path, ...args];
  if (options.signal?.aborted) return Promise.resolve({ reason: 'aborted', argv, stderrTail: '' });
  const { promise, resolve } = Promise.withResolvers<JobEnd>();
  const child = spawn(path, args, {
    stdio: [options.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
    env: options.environment ?? process.env,
    windowsHide: true,
  });
  if (options.input && child.stdin) feed(child.stdin, options.input);
  if (child.pid !== undefined && options.nice) lowerPriority(child.pid, options.nice);

  const stdout: Buffer[] = [];
  let stdoutBytes = 0;
  let overflow = false;
  let stderr = Buffer.alloc(0);
  const stderrTailBytes = options.stderrTailBytes ?? 16 * 1024;
  const maximumStdoutBytes = options.maximumStdoutBytes ?? 64 * 1024 * 1024;
  const reader = options.onProgress && createProgressReader(options.onProgress);

  child.stdout?.on('data', (chunk: Buffer) => {
    if (reader) return reader(chunk.toString('latin1'));
    stdoutBytes += chunk.length;
    if (stdoutBytes <= maximumStdoutBytes) stdout.push(chunk);
    else if (!overflow) {
      overflow = true;
      child.kill('SIGKILL');
    }
  });
  const tellLines = options.onErrorLine && lineReader(options.onErrorLine);
  child.stderr?.on('data', (chunk: Buffer) => {
    tellLines?.(chunk.toString('latin1'));
    stderr = Buffer.concat([stderr, chunk]);
    if (stderr.length > stderrTailBytes) stderr = stderr.subarray(stderr.length - stderrTailBytes);
  });

  let isAborted = false;
  let killTimer: NodeJS.Timeout | undefined;
  const abort = () => {
    isAborted = true;
    child.kill('SIGTERM');
    killTimer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  };
  options.signal?.addEventListener('abort', abort, { once: true });

  const end = (outcome: JobEnd) => {
    clearTimeout(killTimer);
    options.signal?.removeEventListener('abort', abort);
    resolve(outcome);
  };
  child.on('error', (error: NodeJS.ErrnoException) => {
    // An error after the start (a signal that could not be sent) is followed by 'close'.
    if (child.pid === undefined) end({ reason: 'missing', argv, lastError: error.message });
  });
  child.on('close', (exitCode, signal) => {
    if (child.pid === undefined) return;
    const stderrTail = stderr.toString('utf8');
    if (isAborted) return end({ reason: 'aborted', argv, stderrTail });
    if (exitCode === 0 && !overflow) {
      return end({ reason: 'finished', argv, stdout: Buffer.concat(stdout), stderrTail });
    }
    const lastError = overflow
      ? `wrote more than ${maximumStdoutBytes} bytes to standard output`
      : (lastLine(stderrTail) ?? (signal ? `ended by ${signal}` : `ended with exit code ${exitCode}`));
    end({ reason: 'failed', argv, exitCode, signal, lastError, stderrTail });
  });
  return promise;
}

/** Writes to a tool until it has all, or stops reading: its own end says what became of it. */
function feed(stdin: Writable, input: AsyncIterable<Uint8Array>): void {
  pipeline(Readable.from(input, { objectMode: false }), stdin).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') stdin.destroy(error);
  });
}

/** A line is rarely over 1 kB: what is longer without an end is none. */
const longestLine = 64 * 1024;

/** Takes text in pieces of any size, and tells of each line that has ended. */
function lineReader(onLine: (line: string) => void): (chunk: string) => void {
  let pending = '';
  return (chunk) => {
    const lines = (pending + chunk).split(/[\r\n]+/);
    pending = (lines.pop() ?? '').slice(-longestLine);
    for (const line of lines) if (line !== '') onLine(line);
  };
}

/** The last line that is not empty. */
function lastLine(text: string): string | undefined {
  return text
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
    .at(-1)
    ?.trim();
}

function lowerPriority(pid: number, nice: number): void {
  try {
    setPriority(pid, nice);
  } catch {
    // Already ended, or the system does not allow it: a job at normal priority is slower for others, not wrong.
  }
}
