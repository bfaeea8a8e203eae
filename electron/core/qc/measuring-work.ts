import { threadCpuMs } from './cpu-time.ts';
import { measuresFor } from './every-measure.ts';
import { createMeasuring, type Measuring } from './measuring.ts';
import { type FromMeasuring, type MeasuringStart, rowsAtMost } from './measuring-messages.ts';
import { createRounding } from './stored-precision.ts';

/** What a measuring thread does with the bytes that come in. */
export interface MeasuringWork
  extends Pick<Measuring, 'writePictures' | 'writeSound' | 'endPictures' | 'endSound' | 'leaveGaps'> {
  /** Says that all is done, unless something went wrong. */
  end(): void;
}

/** Values reach the screens and the store so often. */
const sendEveryMs = 200;

/** Measures, and tells what comes of it. Checks are loaded where somebody watches: half of all code that a thread reads. */
export async function openMeasuringWork(
  { job, live }: MeasuringStart,
  say: (message: FromMeasuring, transfer?: ArrayBuffer[]) => void,
): Promise<MeasuringWork> {
  const measures = measuresFor(job.sound?.channels ?? 0);
  const columns = measures.length;
  const judging = live && (await import('./live-judging.ts')).createLiveJudging(measures, live);
  const round = createRounding(measures);
  const rows = new Float32Array(rowsAtMost * columns);
  let count = 0;
  let hasFailed = false;

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
    // Here, so that what is judged while a tape plays is what is judged of it later.
    round(row);
    rows.set(row, count * columns);
    judging?.append(row);
    count += 1;
    if (count === rowsAtMost) send();
  });

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

  const startingMs = threadCpuMs();
  const sending = setInterval(() => guard(tell), sendEveryMs);
  return {
    writePictures: (chunk) => guard(() => measuring.writePictures(chunk)),
    writeSound: (chunk) => guard(() => measuring.writeSound(chunk)),
    endPictures: () => guard(measuring.endPictures),
    endSound: () => guard(measuring.endSound),
    leaveGaps: () => guard(measuring.leaveGaps),
    end() {
      clearInterval(sending);
      if (hasFailed) return;
      send();
      const costMs = measuring.costMs();
      // What is left of this thread's time: taking bytes from the sockets, unpacking them.
      const feedingMs = threadCpuMs() - startingMs - costMs.reduce((sum, { ms }) => sum + ms, 0);
      const others = [
        { name: 'starting', ms: startingMs },
        { name: 'feeding', ms: feedingMs },
      ];
      say({ kind: 'done', costMs: [...costMs, ...others] });
    },
  };
}
