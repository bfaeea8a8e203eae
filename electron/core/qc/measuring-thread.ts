import { createServer, type Server, type Socket } from 'node:net';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromMeasuring, MeasuringStart, ToMeasuring } from './measuring-messages.ts';
import type { MeasuringWork } from './measuring-work.ts';
import { receiveBytes } from './receive-bytes.ts';

/**
 * The thread in which instruments run: the decoder's raw pictures and samples come in by two sockets, rows of values go out
 * in messages. See docs/adr/0051.
 */
const start = workerData as MeasuringStart;
if (!parentPort) throw new Error('This is the code of a thread.');
const port = parentPort;

// On Linux a priority is that of the calling thread; elsewhere it would be that of the whole engine.
if (process.platform === 'linux' && start.niceness > 0) setPriority(0, start.niceness);

function say(message: FromMeasuring, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

interface Inlet {
  port: number;
  /** Ends it if nobody ever came in. */
  giveUp(): void;
  ended: Promise<void>;
}

const loaded = Promise.withResolvers<MeasuringWork>();

/** Takes one connection and no second. */
async function listen(
  path: string | undefined,
  take: (work: MeasuringWork, chunk: Uint8Array) => void,
  end: (work: MeasuringWork) => void,
): Promise<Inlet> {
  const ended = Promise.withResolvers<void>();
  let isConnected = false;
  async function finish(): Promise<void> {
    end(await loaded.promise);
    ended.resolve();
  }
  async function receive(accepted: Socket): Promise<void> {
    const work = await loaded.promise;
    const socket = receiveBytes(accepted, (bytes) => take(work, bytes));
    // A decoder that is killed resets the connection: its own end says why.
    socket.on('error', () => {});
    socket.on('close', finish);
  }
  // Nothing is read before somebody says into which memory.
  const server: Server = createServer({ pauseOnConnect: true }, (accepted) => {
    if (isConnected) return void accepted.destroy();
    isConnected = true;
    server.close();
    void receive(accepted);
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
      void finish();
    },
    ended: ended.promise,
  };
}

const { job, picturePath, soundPath } = start;
const inlets = {
  picture:
    job.picture &&
    (await listen(
      picturePath,
      (work, chunk) => work.writePictures(chunk),
      (work) => work.endPictures(),
    )),
  sound:
    job.sound &&
    (await listen(
      soundPath,
      (work, chunk) => work.writeSound(chunk),
      (work) => work.endSound(),
    )),
};

function giveUp(): void {
  inlets.picture?.giveUp();
  inlets.sound?.giveUp();
}

port.on('message', (message: ToMeasuring) => {
  if (message.kind === 'ping') say({ kind: 'pong' });
  else if (message.kind === 'leave-gaps') void loaded.promise.then((work) => work.leaveGaps());
  // While code is loaded nobody is let in: whoever stands before the door by then comes first.
  else void loaded.promise.then(() => setImmediate(giveUp));
});
say({ kind: 'listening', picturePort: inlets.picture?.port ?? 0, soundPort: inlets.sound?.port ?? 0 });
// The decoder starts, and decodes its first pictures, while the instruments are loaded.
const { openMeasuringWork } = await import('./measuring-work.ts');
const work = await openMeasuringWork(start, say);
loaded.resolve(work);
await Promise.all([inlets.picture?.ended, inlets.sound?.ended]);
work.end();
port.close();
