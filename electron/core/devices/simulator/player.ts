import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { CardReport } from '../card-report.ts';
import { seenFormat } from './card-faults.ts';
import { rememberGone } from './card-memory.ts';
import { type CardQueue, cardQueue } from './card-queue.ts';
import { type CardTimecode, cardTimecode } from './card-timecode.ts';
import { loadContent } from './content-cache.ts';
import { type FrameWriter, frameWriter } from './frame-writer.ts';
import { streamHeader } from './matroska-stream.ts';
import { playerJobSchema } from './player-job.ts';
import { layTape, type Tape } from './tape.ts';

/** The report is replaced this often while nothing else asks for it: at least four times a second. */
const reportEveryMs = 200;

/**
 * The simulated card and deck: one process, one reader, one tape. It prepares, writes the ready file, waits for its
 * reader, plays, and ends. Resolves when all is over; what happened is in the card report.
 */
export async function runPlayer(jobPath: string): Promise<void> {
  const job = playerJobSchema.parse(JSON.parse(readFileSync(jobPath, 'utf8')));
  const tape = layTape(job.recipe, job.durationS);
  const queue = cardQueue(job.recipe.queueFrames);
  let state: CardReport['state'] = 'waiting';
  const report = (problem?: string) => {
    const { capturedFrames } = queue.counts();
    const last = capturedFrames - 1;
    const change = last < 0 ? undefined : tape.cardFaults.changedTo(last);
    const lost = last >= 0 && (tape.hasFault(last, 'signal-loss') || change?.as === 'no-signal');
    const said: CardReport = {
      state,
      pid: process.pid,
      ...queue.counts(),
      signal: lost ? 'lost' : 'present',
      ...(change ? { changedFormat: { fromFrame: change.atFrame, ...seenFormat(change.to) } } : {}),
      atMs: Date.now(),
      ...(problem ? { problem } : {}),
    };
    replaceFile(job.reportPath, said);
  };
  const fail = (problem: string) => {
    state = 'failed';
    report(problem);
    process.exit(1);
  };
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack}\n`);
    fail(`The simulator failed: ${error.message}.`);
  });
  process.on('SIGTERM', () => {
    if (state === 'gone') process.exit(1);
    fail('The simulator was closed before the tape had ended.');
  });

  report();
  const writer = frameWriter(tape, loadContent(tape, job.cacheDir));
  const timecode = cardTimecode(tape, job.timecodePath);
  const socket = await firstReader(job.readyPath, job.waitForReaderMs);
  if (!socket) {
    fail(`Nobody read from the simulator for ${Math.round(job.waitForReaderMs / 1000)} s.`);
    return;
  }
  const bell = makeBell();
  const gone = readerGone(socket, bell);
  state = 'playing';
  report();
  const timer = setInterval(() => report(), reportEveryMs);
  const pull = () => {
    const { capturedFrames } = queue.counts();
    rememberGone(job.memoryPath, capturedFrames, tape.cardFaults.find('device-gone')?.returnsAfterS);
    state = 'gone';
    // Before the reader can see it: whoever looks into the report because the stream has broken off finds why.
    report(`The simulated card was pulled out when it had taken ${capturedFrames} frames.`);
    socket.resetAndDestroy();
  };
  const played = await play(tape, queue, writer, timecode, socket, gone, bell, report, pull);
  clearInterval(timer);
  if (played === 'device-gone') return;
  state = played === 'ended' ? 'ended' : 'reader-gone';
  report();
  if (played === 'ended') {
    // The last bytes are still on their way through the kernel: stay until the reader has hung up.
    socket.end();
    await gone.happened;
  }
  socket.destroy();
}

/** Resolves to the one reader, after which nobody else is let in; undefined when none came in time. */
async function firstReader(readyPath: string, waitMs: number): Promise<Socket | undefined> {
  const server = createServer({ noDelay: true });
  server.maxConnections = 1;
  const reader = new Promise<Socket>((resolve) => {
    server.once('connection', resolve);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulator has no port');
  replaceFile(readyPath, { port: address.port });
  const abandon = new AbortController();
  const socket = await Promise.race([reader, wait(waitMs, undefined, { signal: abandon.signal })]);
  abandon.abort();
  server.close();
  return socket;
}

interface ReaderGone {
  yet(): boolean;
  /** Resolves when the reader has left. For one use: a promise that lives as long as the tape keeps what waits on it. */
  happened: Promise<void>;
}

/**
 * A reader is gone when its end of the connection is closed or broken: it never says anything by itself. The socket is
 * then destroyed, which ends a write that was still waiting.
 */
function readerGone(socket: Socket, bell: Bell): ReaderGone {
  let gone = false;
  const { promise: happened, resolve } = Promise.withResolvers<void>();
  const note = () => {
    gone = true;
    socket.destroy();
    bell.ring();
    resolve();
  };
  for (const event of ['error', 'end', 'close']) socket.on(event, note);
  socket.resume();
  return { yet: () => gone, happened };
}

/** Plays the tape to its end, or to that of the card, unless the reader leaves before that. */
async function play(
  tape: Tape,
  queue: CardQueue,
  writer: FrameWriter,
  timecode: CardTimecode,
  socket: Socket,
  gone: ReaderGone,
  bell: Bell,
  report: () => void,
  /** Pulls the card out. */
  pull: () => void,
): Promise<'ended' | 'reader-gone' | 'device-gone'> {
  const { recipe, standard, cardFaults } = tape;
  const goneAtFrame = cardFaults.find('device-gone')?.atFrame ?? Number.POSITIVE_INFINITY;
  const totalFrames = Math.min(tape.totalFrames, goneAtFrame);
  const silence = cardFaults.find('never-starts')?.as;
  const paced = recipe.pace === 'realtime';
  const frameMs =
    (1000 * standard.frameRate.den) / standard.frameRate.num / recipe.speed / cardFaults.speedOf('picture');

  let isPulled = false;
  const pullOut = () => {
    isPulled = true;
    pull();
  };

  if (silence === 'no-header') {
    await gone.happened;
    return 'reader-gone';
  }

  const deliver = async () => {
    const head = streamHeader({
      width: tape.width,
      height: tape.height,
      frameRate: standard.frameRate,
      fieldOrder: standard.fieldOrder,
      standard: standard.name,
      channels: recipe.channels,
      timecode: tape.timecodeAt(0),
    });
    await send(socket, head);
    if (silence === 'no-frame') await gone.happened;
    while (!gone.yet()) {
      if (!paced && queue.counts().capturedFrames < totalFrames) queue.capture();
      const frame = queue.next();
      if (queue.counts().capturedFrames >= goneAtFrame) return;
      if (frame === undefined) {
        if (queue.counts().capturedFrames >= totalFrames) return;
        await bell.rung();
        continue;
      }
      timecode.hand(frame);
      if (await send(socket, writer.write(frame))) queue.delivered();
    }
  };

  const capture = async () => {
    const startMs = performance.now();
    if (silence !== undefined) return;
    for (let frame = 0; frame < totalFrames && !gone.yet(); frame++) {
      // A frame is there when its last line has been read: one frame after it started.
      const dueMs = startMs + (frame + 1) * frameMs;
      // Waits even when late: the frames before this one must have had their chance to leave.
      await wait(Math.max(0, dueMs - performance.now()));
      if (gone.yet()) return;
      if (!queue.capture()) report();
      bell.ring();
    }
    // What it still held is lost with it, also what was just being handed over.
    if (totalFrames === goneAtFrame && !gone.yet()) pullOut();
  };

  await Promise.all(paced ? [deliver(), capture()] : [deliver()]);
  if (!paced && totalFrames === goneAtFrame && !gone.yet()) pullOut();
  if (isPulled) return 'device-gone';
  return gone.yet() ? 'reader-gone' : 'ended';
}

/** One side waits at it, the other rings it. */
interface Bell {
  rung(): Promise<void>;
  ring(): void;
}

function makeBell(): Bell {
  let wake: (() => void) | undefined;
  return {
    rung: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
    ring: () => wake?.(),
  };
}

/** Resolves to true once the kernel has all of it, to false when the reader left first. */
function send(socket: Socket, bytes: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    socket.write(bytes, (error) => resolve(!error));
  });
}

/** Replaces a JSON file in one step, so that a reader never sees half of it. */
function replaceFile(path: string, value: unknown): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, JSON.stringify(value));
  renameSync(temporary, path);
}
