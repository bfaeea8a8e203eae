import { createServer, type Server } from 'node:net';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { threadCpuMs } from './cpu-time.ts';
import { measuresFor } from './every-measure.ts';
import { createLiveJudging } from './live-judging.ts';
import { createMeasuring } from './measuring.ts';
import {
  type FromMeasuring,
  type MeasuringStart,
  rowsAtMost,
  type ToMeasuring,
} from './measuring-messages.ts';
import { receiveBytes } from './receive-bytes.ts';

/**
 * The thread in which instruments run: the decoder's raw pictures and samples come in by two sockets, rows of values go out
 * in messages. See docs/adr/0051.
 */
const { job, picturePath, soundPath, niceness, live } = workerData as MeasuringStart;
if (!parentPort) throw new Error('This is the code of a thread.');
const port = parentPort;
/** Values reach the screens and the store so often. */
const sendEveryMs = 200;

// On Linux a priority is that of the calling thread; elsewhere it would be that of the whole engine.
if (process.platform === 'linux' && niceness > 0) setPriority(0, niceness);

const measures = measuresFor(job.sound?.channels ?? 0);
const columns = measures.length;
const judging = live && createLiveJudging(measures, live);
const rows = new Float32Array(rowsAtMost * columns);
let count = 0;
let hasFailed = false;

function say(message: FromMeasuring, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

function send(): void {
  if (count === 0) return;
  const values = rows.slice(0, count * columns);
  say({ kind: 'rows', values, count }, [values.buffer]);
  count = 0;
}

/** Sends what is there, and now and then what it shows. */
function tell(): void {
  send();
  const judged = judging?.judge();
  if (judged) say({ kind: 'judged', ...judged });
}

const measuring = createMeasuring(job, (row) => {
  rows.set(row, count * columns);
  judging?.append(row);
  count += 1;
  if (count === rowsAtMost) send();
});
const sending = setInterval(() => guard(tell), sendEveryMs);

/** Does something for as long as nothing went wrong: afterwards the decoder only gets rid of what it has. */
function guard(work: () => void): void {
  if (hasFailed) return;
  try {
    work();
  } catch (error) {
    hasFailed = true;
    send();
    say({ kind: 'failed', problem: error instanceof Error ? error.message : String(error) });
  }
}

interface Inlet {
  port: number;
  /** Ends it if nobody ever came in. */
  giveUp(): void;
  ended: Promise<void>;
}

/** Takes one connection and no second. */
async function listen(
  path: string | undefined,
  take: (chunk: Uint8Array) => void,
  end: () => void,
): Promise<Inlet> {
  const ended = Promise.withResolvers<void>();
  let isConnected = false;
  const finish = (): void => {
    guard(end);
    ended.resolve();
  };
  // Nothing is read before somebody says into which memory.
  const server: Server = createServer({ pauseOnConnect: true }, (accepted) => {
    if (isConnected) return void accepted.destroy();
    isConnected = true;
    server.close();
    const socket = receiveBytes(accepted, (bytes) => guard(() => take(bytes)));
    // A decoder that is killed resets the connection: its own end says why.
    socket.on('error', () => {});
    socket.on('close', finish);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (path === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(path, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    giveUp() {
      if (isConnected) return;
      server.close();
      finish();
    },
    ended: ended.promise,
  };
}

const inlets = {
  picture: job.picture && (await listen(picturePath, measuring.writePictures, measuring.endPictures)),
  sound: job.sound && (await listen(soundPath, measuring.writeSound, measuring.endSound)),
};

port.on('message', (message: ToMeasuring) => {
  if (message.kind === 'ping') say({ kind: 'pong' });
  else if (message.kind === 'leave-gaps') measuring.leaveGaps();
  else {
    inlets.picture?.giveUp();
    inlets.sound?.giveUp();
  }
});
say({ kind: 'listening', picturePort: inlets.picture?.port ?? 0, soundPort: inlets.sound?.port ?? 0 });
await Promise.all([inlets.picture?.ended, inlets.sound?.ended]);
clearInterval(sending);
if (!hasFailed) {
  send();
  const costMs = measuring.costMs();
  // What is left of this thread's time: taking bytes from the sockets, unpacking them, starting.
  const feedingMs = threadCpuMs() - costMs.reduce((sum, { ms }) => sum + ms, 0);
  say({ kind: 'done', costMs: [...costMs, { name: 'feeding', ms: feedingMs }] });
}
port.close();
