import { execFile, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Writable } from 'node:stream';
import { feedDescriptor } from '#core/ffmpeg/follower-arguments.ts';
import { createProgressReader, type Progress } from '#core/ffmpeg/progress.ts';

/** How a decoder process ended. `done` means only that ffmpeg was content: whole files are checked elsewhere. */
export type DecoderEnd =
  | { reason: 'done'; complaints: string[] }
  | { reason: 'not-started' | 'killed' | 'gave-up'; problem: string; isDiskFull: boolean };

/** A decoder at the lowest priority, in a process group of its own. */
export interface Decoder {
  /** NaN when it could not be started. */
  readonly pid: number;
  /** Takes the master's bytes; undefined when the decoder reads a file by itself. */
  readonly feed: Writable | undefined;
  /** Sends lines of commands (ffmpeg/work-gates.ts); one that has ended takes none. */
  command(lines: readonly string[]): void;
  readonly ended: Promise<DecoderEnd>;
  /** Also ends a decoder that is stopped (SIGSTOP). */
  kill(): void;
}

export interface DecoderCall {
  ffmpegPath: string;
  args: readonly string[];
  /** Output names are relative to it. */
  cwd: string;
  input: 'fed' | 'file';
  onProgress(progress: Progress): void;
  /** Takes what the decoder writes to a descriptor of its own; `pipe:` and this number is its name there. */
  onLines?: { descriptor: 3; take(chunk: Buffer): void } | undefined;
}

const keptComplaints = 200;
/** What ffmpeg says of a command, whatever its log level; an error in it is that there is no such filter, as without sound. */
const answersToCommands = /^(Enter command: |Command reply for stream \d+: )/;
/** A measuring instrument that went away is no damage to the master: its own end says why it did. */
const lostInstrument = /^\[tee @ [^\]]*\] Slave |^\[fifo @ [^\]]*\] Error opening /;
const longestLine = 1000;

/**
 * Starts ffmpeg. Its own group keeps a Ctrl-C in a terminal from ending it early; when this process dies, what it
 * is fed with ends and so does it. Output names are relative on purpose: a decoder that outlives its engine for a moment cannot
 * write into the folder that the next one has made anew under the same name.
 */
export function startDecoder(call: DecoderCall): Decoder {
  const { ffmpegPath, args, cwd, input, onProgress, onLines } = call;
  const isFed = input === 'fed';
  const child = spawn(ffmpegPath, args, {
    cwd,
    stdio: [
      ...[isFed ? 'pipe' : 'ignore', 'pipe', 'pipe', onLines ? 'pipe' : 'ignore'],
      ...(isFed ? ['pipe'] : []),
    ] as ('pipe' | 'ignore')[],
    // Its messages are recognised by their English text.
    env: { ...process.env, LC_ALL: 'C' },
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  if (child.pid !== undefined) giveWay(child.pid);

  const feed = isFed ? (child.stdio[feedDescriptor] as Writable | undefined) : undefined;
  const readProgress = createProgressReader((progress) => {
    // It ends before its input has: the thread that reads ahead would wait for more.
    if (progress.ended) feed?.end();
    onProgress(progress);
  });
  child.stdout?.on('data', (chunk: Buffer) => readProgress(chunk.toString('latin1')));
  const complaints = collectLines();
  child.stderr?.on('data', (chunk: Buffer) => complaints.write(chunk.toString('utf8')));
  if (onLines) child.stdio[onLines.descriptor]?.on('data', onLines.take);
  // A write into a decoder that has ended: its end says why.
  for (const stream of [child.stdin, feed]) stream?.on('error', () => {});

  const ended = new Promise<DecoderEnd>((resolve) => {
    child.on('error', (error) => {
      if (child.pid !== undefined) return; // a signal that could not be sent; 'close' still comes
      resolve({
        reason: 'not-started',
        problem: `The decoder did not start: ${error.message}`,
        isDiskFull: false,
      });
    });
    child.on('close', (exitCode, signal) => {
      if (child.pid === undefined) return;
      const lines = complaints.end();
      const isDiskFull = complaints.sawDiskFull;
      // ffmpeg 5 says that it could not finish a file, and still exits 0.
      const unfinished = complaints.firstFatal;
      if (exitCode === 0 && unfinished === undefined) return resolve({ reason: 'done', complaints: lines });
      if (signal)
        return resolve({ reason: 'killed', problem: `The decoder was ended by ${signal}.`, isDiskFull });
      const said = unfinished ?? lines.at(-1) ?? 'it did not say why';
      resolve({ reason: 'gave-up', problem: `The decoder ended with code ${exitCode}: ${said}`, isDiskFull });
    });
  });
  return {
    pid: child.pid ?? Number.NaN,
    feed,
    command: (lines) => {
      if (child.stdin?.writable) child.stdin.write(lines.join(''));
    },
    ended,
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The machine belongs to the recorder first. Where the system refuses, the decoder is only less polite. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, 19);
  } catch {
    return; // already ended: its end is reported elsewhere
  }
  // Idle class for the disk, where util-linux is there; most Linux machines have it, none needs it.
  if (process.platform === 'linux') execFile('ionice', ['-c', '3', '-p', String(pid)], () => {});
}

/** Keeps the first lines, counts the rest: a tape full of errors must not fill the memory. */
function collectLines() {
  const lines: string[] = [];
  let pending = '';
  let dropped = 0;
  const collector = {
    sawDiskFull: false,
    firstFatal: undefined as string | undefined,
    write(text: string): void {
      const parts = (pending + text).split(/[\r\n]+/);
      pending = (parts.pop() ?? '').slice(-longestLine);
      for (const part of parts) add(part.trim().slice(0, longestLine));
    },
    end(): string[] {
      add(pending.trim());
      pending = '';
      return dropped === 0 ? lines : [...lines, `… and ${dropped} more lines.`];
    },
  };
  function add(line: string): void {
    if (line === '' || answersToCommands.test(line) || lostInstrument.test(line)) return;
    if (line.includes('No space left on device')) collector.sawDiskFull = true;
    if (/Error writing trailer|No space left on device|Error closing file/.test(line)) {
      collector.firstFatal ??= line;
    }
    if (lines.length < keptComplaints) lines.push(line);
    else dropped += 1;
  }
  return collector;
}
