import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism, setPriority } from 'node:os';
import { createNutReader } from '#core/ffmpeg/nut-reader.ts';
import type { PlaneMemory } from './plane-memory.ts';
import { openProcessOutlet } from './process-outlet.ts';

/** An ffmpeg that decodes pictures for as long as it is wanted. */
export interface PictureProcess {
  readonly pid: number | undefined;
  /** Settles when it is gone and all that it wrote was read. */
  readonly ended: Promise<PictureProcessEnd>;
  /** Takes coded pictures, where it is fed; what it took must not change any more. */
  feed(...parts: readonly Buffer[]): void;
  /** No more will be fed: it gives out what it has, and ends. */
  endFeed(): void;
  /** Holds its output back, so that it waits when the pipe is full; and lets it go on. */
  setPaused(isPaused: boolean): void;
  /** Ends it now. */
  kill(): void;
}

export interface PictureProcessEnd {
  /** It came to the end of what it read. */
  isClean: boolean;
  /** By a signal: what it had is lost. */
  isKilled: boolean;
  /** The last line that it said, if any. */
  said: string | undefined;
}

export interface PictureProcessCall {
  ffmpegPath: string;
  /** Up to and including `-i …`; `pipe:0` where it is fed. */
  input: readonly string[];
  isFed: boolean;
  pixelFormat: string;
  pictureBytes: number;
  memory: PlaneMemory;
  /** A whole picture, to be held or released, and its time on the clock of the input; after all that was said of it. */
  onPicture(planes: Uint8Array, timeS: number): void;
  /** It said something of what it reads: only what is wrong is said. */
  onComplaint(line: string): void;
}

/** Time base of what comes out: fine enough for every rate, and of whole milliseconds where it is fed. */
const outputTicksPerSecond = 90_000;
/** A frame of SD has 24 slices: more threads than this wait for each other. */
const decoderThreads = Math.min(4, availableParallelism());
/** In front of what the follower does, behind the recorder. */
const niceness = 5;

/**
 * Starts a decoder whose pictures come out as soon as they are decoded: frame threads would keep some back, in the decoder as in
 * the encoder of raw video (which has them too), and so would a guess at the frame rate.
 */
export async function startPictureProcess(call: PictureProcessCall): Promise<PictureProcess> {
  const pictures = createPictureReader(call);
  const take = (bytes: Uint8Array) => {
    try {
      pictures.write(bytes);
    } catch (error) {
      call.onComplaint(String(error));
      child.kill('SIGKILL');
    }
  };
  const outlet = await openProcessOutlet(take);
  const child = spawn(
    call.ffmpegPath,
    [
      ...['-hide_banner', '-nostats', '-nostdin', '-v', 'error', '-copyts'],
      ...['-threads', String(decoderThreads), '-thread_type', 'slice', ...call.input, '-map', '0:v:0'],
      ...['-fps_mode', 'passthrough', '-enc_time_base', `1/${outputTicksPerSecond}`],
      ...['-threads', '1', '-c:v', 'rawvideo', '-pix_fmt', call.pixelFormat],
      ...['-flush_packets', '1', '-f', 'nut', 'pipe:1'],
    ],
    {
      stdio: [call.isFed ? 'pipe' : 'ignore', outlet?.theirs ?? 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
      windowsHide: true,
    },
  );
  if (child.pid !== undefined) giveWay(child.pid);
  outlet?.theirs.destroy();
  const output = outlet?.ours ?? child.stdout;
  const allRead = outlet ? once(outlet.ours, 'close') : undefined;
  child.stdout?.on('data', take);
  let isKilled = false;
  let lastSaid: string | undefined;
  readLines(child, (line) => {
    lastSaid = line;
    call.onComplaint(line);
  });
  // Written into a decoder that has ended: its end says so.
  child.stdin?.on('error', () => {});
  const ended = new Promise<PictureProcessEnd>((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ isClean: false, isKilled: false, said: error.message });
    });
    child.on('close', async (exitCode) => {
      await allRead;
      pictures.end();
      laterOn(() => resolve({ isClean: exitCode === 0, isKilled: exitCode === null, said: lastSaid }));
    });
  });
  return {
    pid: child.pid,
    ended,
    feed(...parts) {
      child.stdin?.cork();
      for (const part of parts) child.stdin?.write(part);
      child.stdin?.uncork();
    },
    endFeed: () => void child.stdin?.end(),
    setPaused(isPaused) {
      if (isPaused && !isKilled) output?.pause();
      else output?.resume();
    },
    kill() {
      child.kill('SIGKILL');
      // Held back, its output would never end, and so neither would it: not now, and not by a picture that is still on its way.
      isKilled = true;
      output?.resume();
    },
  };
}

function createPictureReader({ pictureBytes, memory, onPicture }: PictureProcessCall) {
  let planes: Uint8Array | undefined;
  let timeS = 0;
  const reader = createNutReader({
    begin(sizeBytes, at) {
      timeS = at;
      planes = sizeBytes === pictureBytes ? memory.take(sizeBytes) : undefined;
      return planes;
    },
    end() {
      const [whole, at] = [planes, timeS];
      planes = undefined;
      if (whole) laterOn(() => onPicture(whole, at));
    },
  });
  return {
    write: reader.write,
    /** No more will come: a part of a picture is none. */
    end() {
      if (planes) memory.release(planes);
      planes = undefined;
    },
  };
}

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  let pending = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (pending + text).split(/[\r\n]+/);
    pending = (lines.pop() ?? '').slice(-1000);
    for (const line of lines) if (line.trim() !== '') onLine(line.trim());
  });
}

/**
 * What is said of a picture is written before its first byte, but to another pipe: it is read in the turn in which the picture's last
 * byte is, or in the next.
 */
function laterOn(what: () => void): void {
  setImmediate(() => setImmediate(what));
}

/** Where the system refuses, the decoder is only less polite. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    return;
  }
}
