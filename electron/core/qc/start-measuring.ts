import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fineTimes } from '#core/ffmpeg/numbered-times.ts';
import type { QcEvent } from '#shared/domain/qc.ts';
import type { InstrumentCost } from './cost-meter.ts';
import type { MeasuringJob } from './measuring.ts';
import type { FromMeasuring, LiveJudging, MeasuringStart, ToMeasuring } from './measuring-messages.ts';
import { threadUrl } from './thread-url.ts';

/** One output of a decode: filters behind the decoded frames, and ffmpeg's arguments for what they end in. */
export interface MeasureOutput {
  filter: string;
  output: string[];
}

export type MeasuringEnd =
  | { reason: 'done'; costMs: readonly InstrumentCost[] }
  /** What it sent before still holds. */
  | { reason: 'failed'; problem: string };

export interface RunningMeasuring {
  picture: MeasureOutput | undefined;
  sound: MeasureOutput | undefined;
  leaveGaps(): void;
  /** The decoder has ended, whatever became of it. Without this call `ended` waits for it. */
  decoderEnded(): void;
  /** All rows have come before. Never rejects. */
  readonly ended: Promise<MeasuringEnd>;
  /** Ends it at once. */
  stop(): Promise<void>;
}

/** Sockets' names are at most 104 bytes long on macOS, and ffmpeg's tee reads some characters its own way. */
const plainPath = /^[\w/.-]{1,100}$/;
const pingEveryMs = 5_000;
/** So many questions without an answer: no single frame takes a minute, however busy the machine is. */
const silentAtMost = 12;

/** What a thread tells while it measures. */
export interface MeasuringListener {
  /** Rows come in order, one a picture, `count` at a time. */
  onRows(values: Float32Array, count: number): void;
  /** What the last stretch shows, once a second; frames count from `firstFrame`. */
  onJudged?(events: QcEvent[], firstFrame: number): void;
}

/** Starts a thread that measures what a decode gives. `niceness`: of that decode, 0 to 19; `live`: what is judged on the way. */
export async function startMeasuring(
  job: MeasuringJob,
  listener: MeasuringListener,
  { niceness = 0, live }: { niceness?: number | undefined; live?: LiveJudging | undefined } = {},
): Promise<RunningMeasuring> {
  const folder = await mkdtemp(join(tmpdir(), 'helical-measuring-'));
  const [picturePath, soundPath] = ['picture', 'sound'].map((name) => {
    const path = join(folder, name);
    return process.platform !== 'win32' && plainPath.test(path) ? path : undefined;
  });
  const start: MeasuringStart = { job, picturePath, soundPath, niceness, live };
  const worker = new Worker(threadUrl('measuring-thread'), {
    workerData: start,
    // An instrument that keeps what it should forget ends its thread, by name, and not the engine.
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 },
  });
  const listening = Promise.withResolvers<{ picturePort: number; soundPort: number }>();
  const ended = Promise.withResolvers<MeasuringEnd>();
  listening.promise.catch(() => {});

  const discardFolder = (): void => rmSync(folder, { recursive: true, force: true });

  const fail = (problem: string): void => {
    listening.reject(new Error(problem));
    ended.resolve({ reason: 'failed', problem });
  };
  let unanswered = 0;
  const watch = setInterval(() => {
    unanswered += 1;
    if (unanswered <= silentAtMost) return tell({ kind: 'ping' });
    fail('The measuring thread did not answer for a minute.');
    void worker.terminate();
  }, pingEveryMs);

  function tell(message: ToMeasuring): void {
    worker.postMessage(message);
  }

  worker.on('message', (message: FromMeasuring) => {
    unanswered = 0;
    if (message.kind === 'listening') listening.resolve(message);
    else if (message.kind === 'rows') listener.onRows(message.values, message.count);
    else if (message.kind === 'judged') listener.onJudged?.(message.events, message.firstFrame);
    else if (message.kind === 'done') {
      // At once, and not when the thread has gone: a program that has its values may end before that.
      discardFolder();
      ended.resolve({ reason: 'done', costMs: message.costMs });
    } else if (message.kind === 'failed') fail(`Measuring failed: ${message.problem}`);
  });
  worker.on('error', (error) => fail(`The measuring thread failed: ${error.message}`));
  worker.on('exit', (code) => {
    clearInterval(watch);
    fail(`The measuring thread ended with code ${code}.`);
    discardFolder();
  });

  const { picturePort, soundPort } = await listening.promise;
  return {
    picture: job.picture && {
      filter: [
        `scale=${job.picture.raw.width}:${job.picture.raw.height}`,
        `format=${job.picture.raw.pixelFormat}`,
      ].join(','),
      output: [
        '-fps_mode',
        'passthrough',
        ...fineTimes,
        '-c:v',
        'rawvideo',
        ...outlet(picturePath, picturePort),
      ],
    },
    sound: job.sound && {
      filter: `aresample=${job.sound.sampleRateHz}`,
      output: ['-c:a', 'pcm_f32le', ...outlet(soundPath, soundPort)],
    },
    leaveGaps: () => tell({ kind: 'leave-gaps' }),
    decoderEnded: () => tell({ kind: 'decoder-ended' }),
    ended: ended.promise,
    async stop() {
      ended.resolve({ reason: 'failed', problem: 'Measuring was stopped.' });
      await worker.terminate();
    },
  };
}

/** Packets that may wait for the thread, at most: 7 MB of pictures. */
const waitingPackets = 4;

/**
 * NUT into a socket. A measuring thread that dies must not take the decode with it, which proves the master: the second
 * branch of the tee goes nowhere and never fails, so that the first may.
 *
 * Packets wait in a queue: otherwise the decoder would write while instruments look at the picture before, and give no
 * core anything to decode meanwhile.
 */
function outlet(path: string | undefined, port: number): string[] {
  const address = path === undefined ? `tcp\\://127.0.0.1\\:${port}` : `unix\\:${path}`;
  const queue = `use_fifo=1:fifo_options=queue_size=${waitingPackets}`;
  // The index that it writes at the end grows with the tape, in ffmpeg's memory: 120 MB in ten hours.
  return ['-f', 'tee', `[f=nut:write_index=0:onfail=ignore:${queue}]${address}|[f=null]-`];
}
