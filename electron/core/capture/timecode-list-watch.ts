import { setTimeout as wait } from 'node:timers/promises';
import { createFileTail } from '#core/ffmpeg/growing-text.ts';
import { createTimecodeListReader, type ListedTimecode } from '#core/ffmpeg/timecode-list.ts';

export interface TimecodeListWatch {
  /** Reads to the end of the list, then stops. A barrier: nothing is called afterwards. */
  stop(): Promise<void>;
}

const everyMs = 200;
/** An engine that takes a long recording back has a million of them to read. */
const atOnce = 10_000;

/** Reads a list of timecodes from its beginning, and on while it grows. It need not be there yet. */
export function watchTimecodeList(options: {
  path: string;
  /** Frames that are recorded by now: those of them that are not in the list have no timecode. */
  recordedFrames(): number;
  /** Those that have come since the last call, in their order; frames before `upToFrame` that are not among them have none. */
  onTimecodes(listed: ListedTimecode[], upToFrame: number): void;
  onError(error: unknown): void;
}): TimecodeListWatch {
  let come: ListedTimecode[] = [];
  const reader = createTimecodeListReader((listed) => {
    come.push(listed);
    if (come.length === atOnce) hand(0);
  });
  const tail = createFileTail(options.path, (text) => reader.write(text));
  const stopping = new AbortController();

  function hand(upToFrame: number): void {
    const listed = come;
    come = [];
    options.onTimecodes(listed, upToFrame);
  }

  async function look(): Promise<void> {
    try {
      // Asked first: a frame is in the list before it is counted.
      const upToFrame = options.recordedFrames();
      await tail.read();
      hand(upToFrame);
    } catch (error) {
      options.onError(error);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look();
      await wait(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
    await look();
    await tail.close();
  }
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
